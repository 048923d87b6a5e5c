package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.ffmpeg.Caps;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import dev.caravan.kernel.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hostile files through probe and encoding as the service does them. Each has to end as it should, and meanwhile nobody
 * may read a secret that lies beside the job's folder, call a server on this machine, or change a file elsewhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCorpusIT {

    private static final String SECRET = "canary-5f1c0a";
    private static final String PROTOCOLS = "file,http,tcp,udp,concat,subfile,crypto,data,tee,gopher,fd";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OURS = "fault of the platform: ";

    private static final Logger log = LoggerFactory.getLogger(HostileCorpusIT.class);

    private Path folder;
    private Path work;
    private Path secret;
    private Clips clips;
    private ServerSocket server;
    private final Map<FfmpegBinaries, Programs> jailed = new LinkedHashMap<>();
    private List<HostileFiles.Entry> corpus;

    @BeforeAll
    void make(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
        work = Files.createDirectory(folder.resolve("work"));
        Path files = Files.createDirectory(folder.resolve("files"));
        // Many readers ask for a name that looks like media.
        secret = Files.writeString(folder.resolve("secret.txt"), SECRET.repeat(50));
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(1);
        clips = new Clips(Encoders.bundled(), files);
        corpus = new HostileFiles(clips, files, secret, "127.0.0.1:" + server.getLocalPort()).make();
        Encoders.all().forEach(binaries -> jailed.put(binaries, Encoders.programs(binaries)));
    }

    @AfterAll
    void end() throws IOException {
        jailed.values().forEach(Programs::close);
        clips.close();
        server.close();
    }

    static Stream<FfmpegBinaries> ffmpegs() {
        return Encoders.all();
    }

    private Programs programs(FfmpegBinaries binaries) {
        return Objects.requireNonNull(jailed.get(binaries));
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void harmNothingAndEndAsTheyShould(FfmpegBinaries binaries) throws Exception {
        Encoder encoder = encoder(binaries, Map.of());
        Map<Path, String> before = everythingElse();
        Map<String, Integer> table = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        List<HostileFiles.Entry> share = Encoders.share(binaries, corpus);
        for (HostileFiles.Entry entry : share) {
            Path room = Files.createDirectory(work.resolve("job"));
            String end = end(encoder, entry, room);
            log.debug("{} ended as {}", entry.name(), end);
            table.merge(end.startsWith(OURS) ? OURS : end, 1, Integer::sum);
            if (!entry.ends().contains(end)) {
                wrong.add(entry.name() + " ended as " + end + ", not " + entry.ends());
            }
            if (reveals(room)) {
                wrong.add(entry.name() + " shows the secret");
            }
            if (isCalled()) {
                wrong.add(entry.name() + " called the server");
            }
            WorkFolder.remove(room);
            if (!everythingElse().equals(before)) {
                wrong.add(entry.name() + " changed files outside its folder");
            }
        }
        report(binaries, share, table);
        assertThat(wrong).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** What the arguments forbid is allowed here, so that only the jail stands between these files and the canaries. */
    @ParameterizedTest
    @MethodSource("ffmpegs")
    void areHeldByTheJailAlone(FfmpegBinaries binaries) throws Exception {
        Programs programs = programs(binaries);
        assumeFalse(programs.jail().startsWith("none"), programs.jail());
        Path room = Files.createDirectory(work.resolve("alone-" + binaries.version()));
        List<String> called = new ArrayList<>();
        List<String> calledFromJail = new ArrayList<>();
        try (Programs free = new Programs(0, binaries.environment())) {
            for (HostileFiles.Entry entry : corpus) {
                List<String> trusting = trusting(entry.name());
                if (trusting.isEmpty()) {
                    continue;
                }
                Path source = Files.copy(entry.file(), room.resolve("source"));
                List<String> command =
                        new ArrayList<>(List.of(binaries.ffprobe().toString(), "-v", "error"));
                command.addAll(trusting);
                command.addAll(List.of("-protocol_whitelist", PROTOCOLS, "-i", source.toString()));
                Outcome jailed = programs.run(command, Workspace.of(room), Caps.ofTime(PATIENCE));
                if (isCalled()) {
                    calledFromJail.add(entry.name());
                }
                Outcome unjailed = free.run(command, Workspace.of(room), Caps.ofTime(PATIENCE));
                if (isCalled()) {
                    called.add(entry.name());
                }
                if (entry.name().equals("concat-good.mp4")) {
                    assertThat(jailed.isSuccess()).isFalse();
                    assertThat(unjailed.isSuccess()).isTrue();
                }
                Files.delete(source);
            }
        }
        System.out.println("[corpus] with nothing forbidden, " + called.size() + " of them call a server: " + called
                + "; from the jail " + calledFromJail.size());
        assertThat(called).hasSizeGreaterThan(2);
        assertThat(calledFromJail).isEmpty();
    }

    private static List<String> trusting(String name) {
        if (name.startsWith("hls-")) {
            return List.of("-f", "hls", "-allowed_extensions", "ALL", "-rw_timeout", "500000");
        }
        if (name.startsWith("concat")) {
            return List.of("-f", "concat", "-safe", "0", "-rw_timeout", "500000");
        }
        if (name.startsWith("mov-url")) {
            return List.of("-enable_drefs", "1", "-use_absolute_path", "1", "-rw_timeout", "500000");
        }
        return name.startsWith("dash") ? List.of("-f", "dash", "-rw_timeout", "500000") : List.of();
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void refusesWhatTakesTooMuchMemoryAndDoesNotTryAgain(FfmpegBinaries binaries) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "only Linux tells what a process has");
        Path large = clips.make("-f lavfi -i testsrc2=s=1920x1080:r=25:d=20 -c:v libx264 -preset ultrafast large.mp4");
        HostileFiles.Entry entry = new HostileFiles.Entry("large", large, Set.of());
        Encoder encoder = encoder(binaries, Map.of("encode.max-memory", "100MB", "encode.style.preset", "veryslow"));

        assertThat(end(encoder, entry, Files.createDirectory(work.resolve("memory-" + binaries.version()))))
                .isEqualTo("TOO_COMPLEX");
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void refusesWhatBecomesTooLarge(FfmpegBinaries binaries) throws Exception {
        Path noise = clips.make("-f lavfi -i nullsrc=s=320x240:r=25:d=10,geq=random(1)*255 -c:v libx264"
                + " -preset ultrafast -crf 1 noise.mp4");
        HostileFiles.Entry entry = new HostileFiles.Entry("noise", noise, Set.of());
        Encoder encoder = encoder(binaries, Map.of("encode.max-output", "100KB"));

        assertThat(end(encoder, entry, Files.createDirectory(work.resolve("output-" + binaries.version()))))
                .isEqualTo("OUTPUT_TOO_LARGE");
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void blamesNoVideoForAFullDisk(FfmpegBinaries binaries) throws Exception {
        Path room = Files.createDirectory(work.resolve("disk-" + binaries.version()));
        Encoder encoder = encoder(binaries, Map.of("encode.min-free-disk", "1000000TB"));

        assertThatThrownBy(
                        () -> encoder.probe(Files.writeString(room.resolve("source"), "x"), room, null, progress -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("have to stay free");
    }

    /** As the steps of the routes do it. */
    private String end(Encoder encoder, HostileFiles.Entry entry, Path room) throws Exception {
        EncodeProperties properties = Encoders.properties(Encoders.bundled(), folder, Map.of());
        Path source = Files.copy(entry.file(), room.resolve(entry.source()));
        try {
            properties.limits().checkSize(Files.size(source));
            Media media = encoder.probe(source, room, null, progress -> {});
            Plan plan = Plan.of(
                    media, new Ladder(properties.ladder()), properties.style().maxFrameRate(), true);
            Path output = Files.createDirectory(room.resolve("encoded"));
            Encoders.encode(encoder, source, room, output, plan);
            assertThat(output.resolve(EncodeCommand.DASH)).exists();
            assertThat(output.resolve(EncodeCommand.HLS)).exists();
            return HostileFiles.ENCODED;
        } catch (Fault e) {
            return e.reason();
        } catch (Exception e) {
            return OURS + e;
        }
    }

    private Encoder encoder(FfmpegBinaries binaries, Map<String, Object> changes) throws IOException {
        return Encoders.of(Encoders.properties(binaries, folder, changes), programs(binaries));
    }

    private void report(FfmpegBinaries binaries, List<HostileFiles.Entry> share, Map<String, Integer> table)
            throws IOException {
        long bytes = 0;
        for (HostileFiles.Entry entry : share) {
            bytes += Files.size(entry.file());
        }
        StringBuilder text = new StringBuilder("[corpus] %d hostile files, %.1f MB; ffmpeg %s; jail: %s%n"
                .formatted(
                        share.size(),
                        bytes / 1e6,
                        binaries.version(),
                        programs(binaries).jail()));
        table.forEach((end, count) -> text.append("[corpus] %5d  %s%n".formatted(count, end)));
        System.out.print(text);
    }

    private boolean isCalled() throws IOException {
        try {
            server.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether any file that was made holds the secret; what was sent may name it, and does not know it. */
    private static boolean reveals(Path room) throws IOException {
        try (Stream<Path> files = Files.walk(room)) {
            return files.filter(Files::isRegularFile).anyMatch(HostileCorpusIT::holdsSecret);
        }
    }

    private static boolean holdsSecret(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<Path, String> everythingElse() throws IOException {
        Map<Path, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return files;
    }
}
