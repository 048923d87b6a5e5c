package dev.caravan.encode.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lines of text that a program wrote who may be anybody's by now. */
public final class Lines {

    private Lines() {}

    static Stream<String> of(InputStream text) {
        return new BufferedReader(new InputStreamReader(new BoundedLines(text), StandardCharsets.UTF_8)).lines();
    }

    /**
     * Reads a file that a program may have left; none when there is none.
     *
     * @throws IOException when it cannot be read, or has a line of absurd length
     */
    public static void read(Path file, Consumer<String> lines) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (InputStream text = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            of(text).forEach(lines);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
