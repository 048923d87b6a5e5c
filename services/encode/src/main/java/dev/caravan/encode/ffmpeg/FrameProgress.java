package dev.caravan.encode.ffmpeg;

import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import net.bramp.ffmpeg.progress.Progress;
import net.bramp.ffmpeg.progress.ProgressListener;

/**
 * Turns ffmpeg's reports into per cent: at most one a second, only when it grew, and never 100, which is said by the
 * end. Frames are counted because a poster, which ends early, holds ffmpeg's own clock back.
 */
public final class FrameProgress implements ProgressListener {

    private static final long NANOS_BETWEEN = 1_000_000_000L;
    private static final int HIGHEST = 99;

    private final long frames;
    private final LongSupplier nanoTime;
    private final IntConsumer report;
    private int last;
    private long lastTime;

    /**
     * Reports from now on.
     *
     * @param frames that there will be; 0 when unknown, which reports nothing
     * @param nanoTime the clock, in nanoseconds
     * @param report takes the per cent
     */
    public FrameProgress(long frames, LongSupplier nanoTime, IntConsumer report) {
        this.frames = frames;
        this.nanoTime = nanoTime;
        this.report = report;
        this.lastTime = nanoTime.getAsLong();
    }

    @Override
    public void progress(Progress progress) {
        int percent = frames <= 0 ? 0 : (int) Math.min(HIGHEST, progress.frame * 100 / frames);
        long now = nanoTime.getAsLong();
        if (percent > last && now - lastTime >= NANOS_BETWEEN) {
            last = percent;
            lastTime = now;
            report.accept(percent);
        }
    }
}
