package dev.caravan.encode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each kind of jail keeps in, by itself: with a shell inside in ffmpeg's place, and with an ffmpeg that nobody
 * forbade anything. A kind that this machine refuses is skipped, with the machine's reason.
 */
class JailIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<String> SHELL = List.of(
            "sh", "cat", "ls", "env", "touch", "sleep", "ln", "head", "tail", "tr", "yes", "id", "unshare", "chroot");
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin:/usr/sbin");

    private static final Map<String, String> MACHINE = new HashMap<>();

    @TempDir
    private Path folder;

    private final List<Programs> opened = new ArrayList<>();
    private Path room;
    private Path secret;

    interface Kind {
        Jail open() throws Exception;
    }

    static Map<String, Kind> jails() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("user namespaces", () -> new NamespaceJail(SHELL, PATH, true));
        kinds.put("namespaces", () -> new NamespaceJail(SHELL, PATH, false));
        kinds.put("Landlock", () -> new LandlockJail(SHELL, PATH));
        return kinds;
    }

    static Stream<String> kinds() {
        return jails().keySet().stream();
    }

    @BeforeEach
    void furnish() throws IOException {
        folder = folder.toRealPath();
        room = Files.createDirectory(folder.resolve("a room"));
        secret = Files.writeString(folder.resolve("secret"), "the secret");
    }

    @AfterEach
    void close() {
        opened.forEach(Programs::close);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void seesAndWritesItsRoomAlone(String kind) throws Exception {
        Programs programs = jailed(kind);
        Files.writeString(room.resolve("source"), "the source");

        assertThat(sh(programs, "pwd; cat source; echo made >made; mkdir -p x 2>&1; cat made")
                        .output())
                .startsWith(room + "\nthe source")
                .endsWith("made\n");
        assertThat(room.resolve("made")).hasContent("made\n");
        List<String> files =
                List.of("../secret", secret.toString(), "/etc/passwd", "/proc/self/environ", "/proc/1/maps");
        assertThat(sh(programs, each(files, "cat \"$it\" && echo read \"$it\" >&2")))
                .satisfies(outcome -> assertThat(outcome.output()).isEmpty())
                .satisfies(outcome -> assertThat(outcome.errors()).doesNotContain("read "));
        List<Path> places = Stream.of(folder.toString(), "/", "/tmp", "/dev", "/usr/bin", "/usr/lib", "/var", "/root")
                .map(Path::of)
                .toList();
        assertThat(sh(programs, each(places, "touch \"$it/written\"; echo >\"$it/written\"; ls \"$it/written\""))
                        .output())
                .isEmpty();
        assertThat(places).noneMatch(place -> Files.exists(place.resolve("written")));
        sh(programs, "echo changed >'" + secret + "'");
        assertThat(secret).hasContent("the secret");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void seesNoFolderOfAnotherJob(String kind) throws Exception {
        Programs programs = jailed(kind);
        Path other = Files.createDirectory(folder.resolve("other room"));
        CompletableFuture<Outcome> neighbour = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return programs.run(
                                List.of("sh", "-c", "touch here; sleep 1; ls; ls ..; cat '" + room + "/here'"),
                                Workspace.of(other),
                                Caps.ofTime(LONG));
                    } catch (IOException | InterruptedException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());

        Outcome outcome = sh(programs, "echo mine >here; sleep 1; ls; ls ..; cat '" + other + "/here'; exit 3");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.output()).startsWith("here\n").doesNotContain("other room");
        assertThat(neighbour.join().output()).startsWith("here\n").doesNotContain("a room", "mine");
        assertThat(other.resolve("here")).isEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasNoRightsAndNoWayToAny(String kind) throws Exception {
        Programs programs = jailed(kind);

        assertThat(sh(programs, "unshare --user true").isSuccess()).isFalse();
        assertThat(sh(programs, "unshare --user --map-root-user sh -c id").output())
                .isEmpty();
        assertThat(sh(programs, "unshare --mount true").isSuccess()).isFalse();
        assertThat(sh(programs, "chroot / true").isSuccess()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void reachesNoOtherProcess(String kind) throws Exception {
        Programs programs = jailed(kind);
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            sh(programs, "kill -9 " + bystander.pid());
            sh(programs, "kill -9 -1");

            assertThat(sh(programs, "kill -0 " + bystander.pid()).isSuccess()).isFalse();
            assertThat(sh(programs, "kill -0 " + ProcessHandle.current().pid()).isSuccess())
                    .isFalse();
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
        if (!kind.equals("Landlock")) {
            assertThat(sh(programs, "echo $$").output()).isEqualTo("1\n");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void hasNothingOfTheEnvironmentOfTheService(String kind) throws Exception {
        Map<String, String> variables = new HashMap<>();
        sh(jailed(kind), "exec env").output().lines().forEach(line -> {
            String[] variable = line.split("=", 2);
            variables.put(variable[0], variable[1]);
        });
        variables.keySet().removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_"));

        assertThat(variables).isEqualTo(PATH);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isEndedForItsMemoryItsOutputAndItsTime(String kind) throws Exception {
        Programs programs = jailed(kind);
        Caps caps = new Caps(LONG, 64 << 20, Integer.MAX_VALUE, 5 << 20, 0);
        Caps few = new Caps(LONG, Long.MAX_VALUE, 30, Long.MAX_VALUE, 0);

        assertThat(sh(programs, "yes | tr '\\n' x | tail -n 1", caps).cap()).isEqualTo(Cap.MEMORY);
        assertThat(sh(programs, "i=0; while :; do head -c 100000 /dev/urandom >$i; i=$((i+1)); done", caps)
                        .cap())
                .isEqualTo(Cap.OUTPUT);
        assertThat(sh(programs, "sleep 61 & sleep 61", Caps.ofTime(Duration.ofSeconds(2)))
                        .cap())
                .isEqualTo(Cap.TIME);
        assertThat(sh(programs, "i=0; while [ $i -lt 60 ]; do sleep 61 & i=$((i+1)); done; wait", few)
                        .cap())
                .isEqualTo(Cap.THREADS);
        assertNothingRuns(" 61");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tellsHowTheProgramEnded(String kind) throws Exception {
        Programs programs = jailed(kind);

        assertThat(sh(programs, "echo said; echo wrong >&2; exit 7"))
                .isEqualTo(new Outcome(7, "said\n", "wrong\n", 0, null));
        assertThat(programs.run(List.of("/no/such/program"), room, LONG).exitCode())
                .isEqualTo(127);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void leavesNoMountAndNoProcessWhenTheServiceStops(String kind) throws Exception {
        Programs programs = jailed(kind);
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mountinfo"));
        CompletableFuture<Void> run = CompletableFuture.runAsync(
                () -> {
                    try {
                        sh(programs, "touch started; sleep 62 & sleep 62");
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
        await().until(() -> Files.exists(room.resolve("started")));

        programs.close();

        assertThat(run)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withCauseInstanceOf(StoppedException.class);
        assertNothingRuns(" 62");
        assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo"))).isEqualTo(mounts);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void diesWithAMachineThatIsKilled(String kind) throws Exception {
        jailed(kind);
        String seconds = "6" + System.nanoTime();
        Process machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DoomedEncoder.class.getName(),
                        kind,
                        room.toString(),
                        seconds)
                .inheritIO()
                .start();
        try {
            await().atMost(LONG).until(() -> Files.exists(room.resolve("started")) || !machine.isAlive());
            assertThat(running("sleep " + seconds)).isNotEmpty();

            machine.destroyForcibly().waitFor(20, TimeUnit.SECONDS);

            assertNothingRuns(seconds);
        } finally {
            machine.destroyForcibly();
        }
    }

    /** The whitelists are off: the jail alone has to hold. */
    @ParameterizedTest
    @MethodSource("kinds")
    void holdsAnFfmpegThatNobodyForbadeAnything(String kind) throws Exception {
        FfmpegBinaries binaries = binaries();
        List<String> names =
                List.of(binaries.ffmpeg().toString(), binaries.ffprobe().toString());
        Jail jail = jail(kind, names, binaries.environment());
        jailed(kind);
        try (Programs jailed = new Programs(0, binaries.environment(), jail);
                Programs free = new Programs(0, binaries.environment());
                ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port.setSoTimeout(200);
            String inside = Files.copy(secret, room.resolve("inside")).toString();
            List<String> read = List.of(names.get(1), "-v", "error", "-f", "data", "-i", secret.toString());
            List<String> call = List.of(
                    names.get(1), "-v", "error", "-i", "tcp://127.0.0.1:" + port.getLocalPort() + "?timeout=300000");
            assertThat(jailed.run(List.of(names.get(1), "-v", "error", "-f", "data", "-i", inside), room, LONG))
                    .extracting(Outcome::isSuccess)
                    .isEqualTo(true);
            List<String> write = List.of(
                    names.get(0), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", folder + "/out.mp4");

            assertThat(jailed.run(List.of(names.get(0), "-version"), room, LONG).output())
                    .startsWith("ffmpeg version");
            assertThat(jailed.run(read, room, LONG).isSuccess()).isFalse();
            assertThat(jailed.run(call, room, LONG).isSuccess()).isFalse();
            assertThatThrownBy(port::accept).isInstanceOf(SocketTimeoutException.class);
            assertThat(jailed.run(write, room, LONG).isSuccess()).isFalse();
            assertThat(folder.resolve("out.mp4")).doesNotExist();

            // The same without a jail succeeds, so the above proves something.
            assertThat(free.run(read, room, LONG).isSuccess()).isTrue();
            free.run(call, room, LONG);
            port.accept().close();
            assertThat(free.run(write, room, LONG).isSuccess()).isTrue();
        }
    }

    /** Measured and said, not judged, for who asks with {@code -Dmeasure=jail}: other work on the machine counts too. */
    @ParameterizedTest
    @MethodSource("kinds")
    @EnabledIfSystemProperty(named = "measure", matches = "jail")
    void encodesNearlyAsFastAsOutside(String kind) throws Exception {
        jailed(kind);
        FfmpegBinaries binaries = binaries();
        List<String> names = List.of(binaries.ffmpeg().toString());
        List<String> encode = List.of(
                names.get(0),
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1280x720:r=25:d=6",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "out.mp4");
        Jail jail = jail(kind, names, binaries.environment());
        try (Programs jailed = new Programs(0, binaries.environment(), jail);
                Programs free = new Programs(0, binaries.environment())) {
            long inside = Long.MAX_VALUE;
            long outside = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                outside = Math.min(outside, nanos(free, encode));
                inside = Math.min(inside, nanos(jailed, encode));
            }
            System.out.printf(
                    "[jail] %s: %.3f times as long as outside, %d ms more in %d ms%n",
                    kind, (double) inside / outside, (inside - outside) / 1_000_000, outside / 1_000_000);
        }
    }

    private long nanos(Programs programs, List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertThat(programs.run(command, room, LONG).isSuccess()).isTrue();
        return System.nanoTime() - start;
    }

    private static Jail jail(String kind, List<String> names, Map<String, String> environment) throws Exception {
        return kind.equals("Landlock")
                ? new LandlockJail(names, environment)
                : new NamespaceJail(names, environment, kind.startsWith("user"));
    }

    @Test
    void findsTheStrongestJailAndSaysWhichItIs() {
        FfmpegBinaries binaries = binaries();
        JailSearch search = new JailSearch(
                0, binaries.ffmpeg().toString(), binaries.ffprobe().toString(), binaries.environment());

        try (Programs found = search.find(JailMode.PREFERRED, true);
                Programs none = search.find(JailMode.OFF, false)) {
            System.out.println("[jail] this machine gives: " + found.jail());
            assertThat(found.jail()).matches("(namespaces|Landlock|none: user namespaces: ).*");
            assertThat(none.jail()).isEqualTo("none: encode.jail is off");
        }
    }

    @Test
    void endsTheStartWhenAJailIsRequiredAndThereIsNone() {
        JailSearch search = new JailSearch(0, "/no/such/ffmpeg", "/no/such/ffprobe", Map.of());

        assertThatThrownBy(() -> search.find(JailMode.REQUIRED, true))
                .isInstanceOf(NoJailException.class)
                .hasMessage("encode.jail is required, and this machine gives none (user namespaces: there is no"
                        + " /no/such/ffmpeg; namespaces: there is no /no/such/ffmpeg; Landlock: there is no"
                        + " /no/such/ffmpeg).");
        try (Programs programs = search.find(JailMode.PREFERRED, true)) {
            assertThat(programs.jail()).startsWith("none: user namespaces: there is no");
        }
    }

    private static FfmpegBinaries binaries() {
        return FfmpegBinaries.locate(Path.of(System.getProperty("caravan.root"), "target", "embedded-binaries"));
    }

    /** Programs in a jail of this kind; skips the test when the machine refuses what it is made of. */
    private Programs jailed(String kind) throws Exception {
        String refusal = MACHINE.computeIfAbsent(kind, JailIT::refusal);
        if (!refusal.isEmpty()) {
            return abort("This machine refuses " + kind + ": " + refusal);
        }
        Programs programs = new Programs(0, PATH, jails().get(kind).open());
        opened.add(programs);
        return programs;
    }

    /** Why this machine has nothing to make such a jail of; asked without a line of ours. */
    private static String refusal(String kind) {
        try (Programs bare = new Programs(0, Map.of())) {
            Outcome outcome = bare.run(
                    switch (kind) {
                        case "user namespaces" -> List.of("unshare", "-Urmn", "mount", "-t", "tmpfs", "x", "/tmp");
                        case "namespaces" -> List.of("unshare", "-mn", "mount", "-t", "tmpfs", "x", "/tmp");
                        default -> List.of("perl", "-e", "syscall(444, 0, 0, 1) > 0 or die 'Landlock: ' . $!");
                    },
                    Path.of("/"),
                    LONG);
            return outcome.isSuccess() ? "" : "code " + outcome.exitCode() + ", " + outcome.errorLine();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    private Outcome sh(Programs programs, String script) throws IOException, InterruptedException {
        return sh(programs, script, Caps.ofTime(LONG));
    }

    private Outcome sh(Programs programs, String script, Caps caps) throws IOException, InterruptedException {
        return programs.run(List.of("sh", "-c", script), Workspace.of(room), caps);
    }

    private static String each(List<?> words, String script) {
        return words.stream().map(word -> "it='" + word + "'; (" + script + ")").collect(Collectors.joining("\n"));
    }

    private static List<String> running(String words) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.resolve("cmdline"))
                    .map(JailIT::text)
                    .filter(line -> line.contains(words) && !line.contains("java"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static void assertNothingRuns(String words) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(running("sleep" + (words.startsWith(" ") ? words : " " + words)))
                        .isEmpty());
    }
}
