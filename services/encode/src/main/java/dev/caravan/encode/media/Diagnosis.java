package dev.caravan.encode.media;

import java.util.regex.Pattern;

/** Tells from the way ffmpeg and ffprobe ended whose fault it was. */
public final class Diagnosis {

    private static final Pattern CUT_OFF = Pattern.compile("partial file|ended prematurely|moov atom not found");

    /** Not about the video: a program that can't do its work here. */
    private static final Pattern OURS = Pattern.compile("No space left on device|Unknown encoder|Unrecognized option"
            + "|No such filter|Error parsing a filter description|error while loading shared libraries"
            + "|Disk quota exceeded|Read-only file system|Permission denied");
    /** What the jail is made by, at the start of a line. */
    private static final Pattern JAIL = Pattern.compile("(?m)^(jail|unshare|mount|umount|chroot|setpriv|env): ");

    private static final Pattern LARGE = Pattern.compile("File too large");

    private static final int NO_JAIL = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final int KILLED = 137;
    /** By SIGXFSZ. */
    private static final int FILE_TOO_LARGE = 153;

    private Diagnosis() {}

    /**
     * Whether a program that failed would fail with any video: it is missing, its jail is, the disk is full, or the
     * system (out of memory) killed it before it had more than a video may have.
     */
    public static boolean isOurs(int exitCode, String errors) {
        return exitCode == NO_JAIL
                || exitCode == NOT_EXECUTABLE
                || exitCode == NOT_FOUND
                || exitCode == KILLED
                || OURS.matcher(errors).find()
                || JAIL.matcher(errors).find();
    }

    /** Whether a program was not let write more into one file. */
    public static boolean isTooLarge(int exitCode, String errors) {
        return exitCode == FILE_TOO_LARGE || LARGE.matcher(errors).find();
    }

    /** Why ffprobe could not read a file. */
    public static Refusal ofProbe(String errors) {
        return isCutOff(errors) ? Refusal.TRUNCATED : Refusal.NOT_A_VIDEO;
    }

    /** Why ffmpeg could not read a video at all. */
    public static Refusal ofEncoding(String errors) {
        return isCutOff(errors) ? Refusal.TRUNCATED : Refusal.DAMAGED;
    }

    /** Whether a file ended in the middle of something. */
    public static boolean isCutOff(String errors) {
        return CUT_OFF.matcher(errors).find();
    }
}
