package dev.caravan.encode.ffmpeg;

import java.nio.file.Path;

/**
 * What of the disk is a program's.
 *
 * @param visible all that it sees, and may write
 * @param start where it starts, in there
 */
public record Room(Path visible, Path start) {

    /** Makes both absolute. */
    public Room {
        visible = visible.toAbsolutePath();
        start = start.toAbsolutePath();
    }

    /** It starts where all is. */
    public static Room of(Path folder) {
        return new Room(folder, folder);
    }
}
