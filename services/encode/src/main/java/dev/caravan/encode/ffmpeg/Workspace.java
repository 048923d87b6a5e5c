package dev.caravan.encode.ffmpeg;

import java.nio.file.Path;

/**
 * What of the disk is a program's.
 *
 * @param visible all that it sees, and may write
 * @param start where it starts, in there
 */
public record Workspace(Path visible, Path start) {

    /** Makes both absolute. */
    public Workspace {
        visible = visible.toAbsolutePath();
        start = start.toAbsolutePath();
    }

    /** It starts where all is. */
    public static Workspace of(Path folder) {
        return new Workspace(folder, folder);
    }
}
