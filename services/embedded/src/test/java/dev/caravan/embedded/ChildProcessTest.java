package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void endsAtItsStopSignal() throws Exception {
        ChildProcess child = start("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done", "TERM", 5);
        child.awaitReady(() -> logged("up"), Duration.ofSeconds(10));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(Files.readString(log())).contains("bye");
    }

    @Test
    void isKilledWhenItIgnoresTheSignal() throws Exception {
        ChildProcess child = start("trap '' TERM; echo up; while :; do sleep 0.05; done", "TERM", 1);
        child.awaitReady(() -> logged("up"), Duration.ofSeconds(10));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(child.awaitExit(Duration.ZERO)).isEqualTo(128 + 9);
    }

    @Test
    void tellsWhyItEnded() {
        ChildProcess child = start("echo could not bind; exit 3", "TERM", 1);

        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(10)))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessage(
                        "Program ended with code 3 while it started. Its log " + log() + " ends with:\ncould not bind");
    }

    @Test
    void isEndedWhenItDoesNotServeInTime() {
        ChildProcess child = start("echo still thinking; exec sleep 60", "TERM", 1);

        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofSeconds(1)))
                .hasMessageContaining("Program did not serve within 1 s.")
                .hasMessageContaining("still thinking");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void getsACleanEnvironment() {
        ChildProcess child = start("env; exit 0", "TERM", 1);

        assertThat(child.awaitExit(Duration.ofSeconds(10))).isZero();
        assertThat(log()).content().contains("GREETING=hello", "PATH=").doesNotContain("HOME=");
    }

    private ChildProcess start(String script, String signal, int graceSeconds) {
        return ChildProcess.start(new ChildProcess.Program(
                "Program",
                List.of("/bin/sh", "-c", script),
                folder,
                log(),
                signal,
                Duration.ofSeconds(graceSeconds),
                Map.of("GREETING", "hello")));
    }

    private Path log() {
        return folder.resolve("program.log");
    }

    private boolean logged(String line) {
        try {
            return Files.readString(log()).contains(line);
        } catch (IOException e) {
            return false;
        }
    }
}
