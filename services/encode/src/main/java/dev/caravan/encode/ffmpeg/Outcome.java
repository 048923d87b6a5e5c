package dev.caravan.encode.ffmpeg;

/**
 * How a program ended.
 *
 * @param exitCode 0 when it was content
 * @param output what it wrote to standard output, unless that was progress
 * @param errors the end of what it wrote to standard error
 * @param timedOut whether it was killed for taking too long
 */
public record Outcome(int exitCode, String output, String errors, boolean timedOut) {

    /** Whether it did what it was asked. */
    public boolean isSuccess() {
        return exitCode == 0 && !timedOut;
    }

    /** The errors in one line, for a log. */
    public String errorLine() {
        return errors.strip().replaceAll("\\s*\\R\\s*", " | ");
    }
}
