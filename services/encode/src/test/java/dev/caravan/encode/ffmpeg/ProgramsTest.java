package dev.caravan.encode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    void countsThePicturesThatWereDecodedInPartWhereverItsReadingBreaksOff() throws Exception {
        Outcome outcome = unit.run(
                sh("yes 'upload: corrupt decoded frame in stream 0' | head -n 20000 >&2; echo corrupt >&2"),
                folder,
                LONG);

        assertThat(outcome.inPart()).isEqualTo(20_000);
        assertThat(unit.run(sh("echo wrong >&2"), folder, LONG).inPart()).isZero();
    }

    @Test
    void refusesEndlessOutput() throws Exception {
        Outcome outcome = unit.run(List.of("yes"), folder, LONG);

        assertThat(outcome.cap()).isEqualTo(Cap.OUTPUT);
        assertThat(outcome.isSuccess()).isFalse();
        assertNothingRuns();
    }

    @Test
    void refusesAnEndlessLineOfProgress() {
        assertThatThrownBy(() ->
                        unit.run(sh("yes | tr -d '\\n'"), Workspace.of(folder), Caps.ofTime(LONG), progress -> {}))
                .hasMessageContaining("a line of more than");
        assertNothingRuns();
    }

    @Test
    void startsNothingWhenTheDiskIsNearlyFull() {
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

        assertThatThrownBy(() -> unit.run(sh("touch started"), Workspace.of(folder), caps))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("have to stay free");
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void endsWhatFillsTheDisk() throws Exception {
        long enough = folder.toFile().getUsableSpace() - (64L << 20);
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, enough);

        Outcome outcome =
                unit.run(sh("while :; do head -c 1000000 /dev/zero >>file; done"), Workspace.of(folder), caps);

        assertThat(outcome.cap()).isEqualTo(Cap.DISK);
        assertNothingRuns();
    }

    @Test
    void endsWhatTakesTooMuchMemoryInAllItsProcesses() throws Exception {
        onLinux();
        Caps caps = new Caps(LONG, 64 << 20, Integer.MAX_VALUE, Long.MAX_VALUE, 0);
        String hog = "yes | tr '\\n' x | tail -n 1";

        Outcome outcome = unit.run(sh(hog + " & " + hog + "; wait"), Workspace.of(folder), caps);

        assertThat(outcome.cap()).isEqualTo(Cap.MEMORY);
        assertThat(outcome.errorLine()).startsWith("ended for MEMORY");
        assertNothingRuns();
    }

    @Test
    void endsWhatStartsTooManyProcesses() throws Exception {
        onLinux();
        Caps caps = new Caps(LONG, Long.MAX_VALUE, 20, Long.MAX_VALUE, 0);

        Outcome outcome = unit.run(
                sh("i=0; while [ $i -lt 40 ]; do sleep 60 & i=$((i+1)); done; wait"), Workspace.of(folder), caps);

        assertThat(outcome.cap()).isEqualTo(Cap.THREADS);
        assertNothingRuns();
    }

    @Test
    void endsWhatWritesTooMuchInManyFiles() throws Exception {
        Files.write(folder.resolve("before"), new byte[10 << 20]);
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, 5 << 20, 0);

        Outcome outcome = unit.run(
                sh("i=0; while :; do head -c 100000 /dev/zero >$i; i=$((i+1)); sleep 0.01; done"),
                Workspace.of(folder),
                caps);

        assertThat(outcome.cap()).isEqualTo(Cap.OUTPUT);
        assertNothingRuns();
    }

    @Test
    void letsNoFileGrowTooLarge() throws Exception {
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, 5 << 20, 0);

        Outcome outcome = unit.run(sh("exec yes >file"), Workspace.of(folder), caps);

        assertThat(outcome.isSuccess()).isFalse();
        assertThat(Files.size(folder.resolve("file"))).isLessThanOrEqualTo(10 << 20);
    }

    @Test
    void noticesTooMuchThatWasWrittenInAnInstant() throws Exception {
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, 1000, 0);

        assertThat(unit.run(
                                sh("echo 600 >x; head -c 600 /dev/zero >a; head -c 600 /dev/zero >b"),
                                Workspace.of(folder),
                                caps)
                        .cap())
                .isEqualTo(Cap.OUTPUT);
    }

    /** Whoever stores the files would follow it. */
    @Test
    void acceptsNoLinkInPlaceOfAFile() throws Exception {
        Caps caps = new Caps(LONG, Long.MAX_VALUE, Integer.MAX_VALUE, 5 << 20, 0);

        assertThat(unit.run(sh("ln -s elsewhere segment.m4s"), Workspace.of(folder), caps)
                        .cap())
                .isEqualTo(Cap.PLAIN_FILES);
    }

    @Test
    void leavesNoCoreBehindAndIsTheFirstToGoWhenMemoryIsShort() throws Exception {
        onLinux();
        assertThat(unit.run(sh("ulimit -c; cat /proc/self/oom_score_adj"), folder, LONG)
                        .output())
                .isEqualTo("0\n1000\n");
    }

    @Test
    void reportsProgress() throws Exception {
        List<Long> frames = new ArrayList<>();

        Outcome outcome = unit.run(
                sh("printf 'frame=7\\nout_time=N/A\\nbitrate=N/A\\nspeed=N/A\\nprogress=continue\\n"
                        + "frame=12\\nprogress=end\\n'"),
                Workspace.of(folder),
                Caps.ofTime(LONG),
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
        CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return unit.run(sh("touch started; exec sleep 60"), folder, LONG);
                    } catch (IOException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
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
        Process process = new ProcessLauncher(new NoJail(""), 0, Map.of())
                .run(List.of("sleep", "60"), Workspace.of(folder), Long.MAX_VALUE);
        await().until(() -> process.descendants().anyMatch(ProgramsTest::isSleep));

        process.getOutputStream().close();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        assertNothingRuns();
    }

    private static void onLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux tells what a process has");
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
