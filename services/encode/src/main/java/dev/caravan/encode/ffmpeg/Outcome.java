package dev.caravan.encode.ffmpeg;

import org.jspecify.annotations.Nullable;

/**
 * How a program ended.
 *
 * @param exitCode 0 when it was content
 * @param output what it wrote to standard output, unless that was progress
 * @param errors the end of what it wrote to standard error
 * @param inPart how many pictures ffmpeg could decode only in part, when it was asked to warn
 * @param cap what it was ended for; null when it ended by itself
 */
public record Outcome(
        int exitCode,
        String output,
        String errors,
        int inPart,
        @Nullable Cap cap) {

    /** Whether it did what it was asked. */
    public boolean isSuccess() {
        return exitCode == 0 && cap == null;
    }

    /** Whether it was killed for taking too long. */
    public boolean timedOut() {
        return cap == Cap.TIME;
    }

    /** The errors in one line, for a log; after the cap, if there is one. */
    public String errorLine() {
        String line = errors.strip().replaceAll("\\s*\\R\\s*", " | ");
        return cap == null ? line : "ended for " + cap + (line.isEmpty() ? "" : ", " + line);
    }
}
