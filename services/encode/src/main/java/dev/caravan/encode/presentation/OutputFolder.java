package dev.caravan.encode.presentation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The folder that ffmpeg wrote into. What its files name is not believed: it was written by a program that read what a
 * stranger sent.
 */
final class OutputFolder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private static final long LARGEST = 256L << 20;

    private final Path path;

    OutputFolder(Path path) {
        this.path = path;
    }

    /** A file in this folder, there or not. */
    Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Unplayable.because("a manifest names a file that is none of the encoding's");
        }
        return path.resolve(name);
    }

    /** What is in a file that has to be there. */
    ByteBuffer read(String name) throws IOException {
        Path file = file(name);
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw Unplayable.because("%s is empty", name);
            }
            if (size > LARGEST) {
                throw Unplayable.because("%s is too large", name);
            }
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw Unplayable.because("%s is missing", name);
        }
    }
}
