package dev.caravan.encode.media;

import java.nio.file.Path;

/**
 * What ffmpeg reads at once.
 *
 * @param name of the file as ffmpeg takes it: a path, or a part of what is at one
 * @param folder where what was found out about it lies
 */
public record Input(String name, Path folder) {

    private static final String PART = "subfile,,";

    /** A file. */
    public static Input of(Path file, Path folder) {
        return new Input(file.toString(), folder);
    }

    /** From one byte of a file to before another. */
    static Input of(Path file, long start, long end, Path folder) {
        return new Input(part(file, start, end), folder);
    }

    static String part(Path file, long start, long end) {
        return "%sstart,%d,end,%d,,:%s".formatted(PART, start, end, file);
    }

    /** Whether it is our list of {@link Parts}. */
    boolean isList() {
        return name.endsWith("/" + Parts.LIST);
    }

    /** Whether it is a part of a file. */
    boolean isPart() {
        return name.startsWith(PART);
    }

    /** A file beside those that were made of it. */
    public Path file(String file) {
        return folder.resolve(file);
    }
}
