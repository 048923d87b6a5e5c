package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    Path folder;

    @Test
    void showsTheLastLinesOfThisRunOnly() throws IOException {
        Path log = folder.resolve("server.log");
        Files.writeString(log, "of a former run\n");
        long from = LogTail.begin(log);
        Files.writeString(log, "of a former run\n" + lines(1, 20));

        assertThat(LogTail.of(log, from))
                .startsWith(" Its log " + log + " ends with:\n")
                .endsWith(lines(9, 20).strip())
                .doesNotContain("former", "line 8");
    }

    @Test
    void saysNothingAboutAnEmptyOrMissingLog() {
        assertThat(LogTail.of(folder.resolve("none.log"), 0)).isEmpty();
    }

    @Test
    void beginsAnewWhenTheLogIsLarge() throws IOException {
        Path log = folder.resolve("server.log");
        Files.write(log, new byte[11 << 20]);

        assertThat(LogTail.begin(log)).isZero();
        assertThat(log).doesNotExist();
    }

    private static String lines(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }
}
