package dev.caravan.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a process, as libfaketime shows it.
 *
 * @param library libfaketime, for programs with threads
 * @param file says how far off the clock is; it may change at any time
 */
record FakeTime(Path library, Path file) {

    FakeTime {
        jump(file, "+0");
    }

    /** Null where it is not installed. */
    static @Nullable Path find() throws IOException {
        Path folder = Path.of("/usr/lib");
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (Stream<Path> files = Files.find(folder, 3, (path, attributes) -> path.endsWith("libfaketimeMT.so.1"))) {
            return files.findFirst().orElse(null);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DONT_RESET", "1");
    }

    /** @param offset in seconds, such as +600 */
    void jump(String offset) {
        jump(file, offset);
    }

    private static void jump(Path file, String offset) {
        try {
            Files.writeString(file, offset + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
