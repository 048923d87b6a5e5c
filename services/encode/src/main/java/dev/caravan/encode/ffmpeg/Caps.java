package dev.caravan.encode.ffmpeg;

import java.time.Duration;

/**
 * What a program and all that it starts may have.
 *
 * @param time on the clock
 * @param memory bytes, resident and swapped
 * @param threads at once
 * @param output bytes in files, and in each of them
 * @param freeDisk bytes that it has to leave free on the disk
 */
public record Caps(Duration time, long memory, int threads, long output, long freeDisk) {

    /** Only its time is bounded; for what is no stranger's. */
    public static Caps ofTime(Duration time) {
        return new Caps(time, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, 0);
    }

    /** The same with less output, if {@code most} is less. */
    public Caps withOutput(long most) {
        return new Caps(time, memory, threads, Math.min(output, most), freeDisk);
    }
}
