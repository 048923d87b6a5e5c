package dev.caravan.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for a message about what went wrong. */
final class LogTail {
    private static final int LINES = 12;
    private static final long ROTATE_BYTES = 10 << 20;

    private LogTail() {}

    /** Returns " Its log FILE ends with:" and the last lines that were written since {@code from}, or nothing. */
    static String of(Path log, long from) {
        try {
            byte[] bytes = Files.readAllBytes(log);
            String written = new String(bytes, (int) from, (int) (bytes.length - from), StandardCharsets.UTF_8);
            List<String> lines = written.lines().filter(line -> !line.isBlank()).toList();
            if (lines.isEmpty()) {
                return "";
            }
            return " Its log " + log + " ends with:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns where a new run starts to write; a log that has grown beyond 10 MiB starts anew. */
    static long begin(Path log) throws IOException {
        long size = Files.exists(log) ? Files.size(log) : 0;
        if (size < ROTATE_BYTES) {
            return size;
        }
        Files.delete(log);
        return 0;
    }
}
