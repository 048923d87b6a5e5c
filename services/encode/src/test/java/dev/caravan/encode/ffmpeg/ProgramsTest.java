package dev.caravan.encode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Programs unit = new Programs(5, Map.of("GREETING", "hello"));

    @AfterEach
    void close() {
        unit.close();
    }

    @Test
    void keepsOutputErrorsAndExitCode() throws Exception {
        Outcome outcome = unit.run(sh("echo \"$GREETING from $PWD\"; echo wrong >&2; exit 3"), folder, LONG);

        assertThat(outcome.output()).isEqualTo("hello from " + folder.toRealPath() + "\n");
        assertThat(outcome.errors()).isEqualTo("wrong\n");
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.isSuccess()).isFalse();
    }

    @Test
    void keepsSecretsOfTheServiceFromTheProgram() throws Exception {
        assertThat(unit.run(List.of("env"), folder, LONG).output()).doesNotContain("HOME=");
    }

    @Test
    void keepsTheEndOfEndlessErrors() throws Exception {
        Outcome outcome = unit.run(sh("yes mistake | head -c 1000000 >&2; echo last >&2"), folder, LONG);

        assertThat(outcome.errors()).hasSizeLessThan(10_000).endsWith("last\n");
        assertThat(outcome.isSuccess()).isTrue();
    }

    @Test
    void refusesEndlessOutput() {
        assertThatThrownBy(() -> unit.run(List.of("yes"), folder, LONG)).isInstanceOf(IOException.class);
        assertNothingRuns();
    }

    @Test
    void reportsProgress() throws Exception {
        List<Long> frames = new ArrayList<>();

        Outcome outcome = unit.run(
                sh("printf 'frame=7\\nout_time=N/A\\nbitrate=N/A\\nspeed=N/A\\nprogress=continue\\n"
                        + "frame=12\\nprogress=end\\n'"),
                folder,
                LONG,
                progress -> frames.add(progress.frame));

        assertThat(outcome.isSuccess()).isTrue();
        assertThat(frames).containsExactly(7L, 12L);
    }

    @Test
    void saysWhenThereIsNoSuchProgram() throws Exception {
        assertThat(unit.run(List.of("/no/such/ffmpeg"), folder, LONG).exitCode())
                .isEqualTo(127);
    }

    @Test
    void killsWhatTakesTooLongWithItsChildren() throws Exception {
        Outcome outcome = unit.run(sh("sleep 60 & sleep 60"), folder, Duration.ofMillis(300));

        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.isSuccess()).isFalse();
        assertNothingRuns();
    }

    @Test
    void endsWhatRunsWhenTheServiceStops() throws Exception {
        Path started = folder.resolve("started");
        CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> {
            try {
                return unit.run(sh("touch started; exec sleep 60"), folder, LONG);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        await().until(() -> Files.exists(started));

        unit.close();

        assertThat(run)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(StoppedException.class);
        assertThatThrownBy(() -> unit.run(sh("true"), folder, LONG)).isInstanceOf(StoppedException.class);
        assertNothingRuns();
    }

    /** As when this JVM is killed: the system closes its end of the pipe. */
    @Test
    void endsTheProgramWhenTheLeashIsCut() throws Exception {
        Process process = new Leash(folder, 0, Map.of()).run(List.of("sleep", "60"));
        await().until(() -> process.descendants().anyMatch(ProgramsTest::isSleep));

        process.getOutputStream().close();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        assertNothingRuns();
    }

    private static boolean isSleep(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("sleep");
    }

    private static List<String> sh(String script) {
        return List.of("/bin/sh", "-c", script);
    }

    private static void assertNothingRuns() {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .map(process -> process.info().commandLine().orElse("?")))
                .isEmpty());
    }
}
