package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.encoder.Verifier;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.presentation.Verification;
import dev.caravan.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Files as uploaders have them, through the real encoder on each ffmpeg of this machine ({@link
 * Encoders#share}), against their right results.
 * The files and the results are data: media-corpus.yaml.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MediaCorpusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LEAST_FILES = 80;
    private static final int THREADS = 2;
    private static final double LOUD = 0.02;
    private static final double HERTZ = 10;
    private static final double SILENT = 0.005;

    private Path folder;
    private Path files;
    private JsonNode corpus;

    @BeforeAll
    void make(@TempDir Path temporary) throws Exception {
        folder = temporary.toRealPath();
        files = Files.createDirectory(folder.resolve("files"));
        try (InputStream yaml = MediaCorpusIT.class.getResourceAsStream("/media-corpus.yaml")) {
            corpus = new ObjectMapper().valueToTree(new Yaml().load(yaml));
        }
        FfmpegBinaries binaries = Encoders.bundled();
        Path tools = Files.createDirectory(folder.resolve("tools"));
        tool(tools, "ffmpeg", binaries.ffmpeg(), binaries);
        String prelude =
                "set -e\nPATH=" + tools + ":$PATH\n" + corpus.path("tools").asText();
        try (Programs shell = new Programs(0, Map.of())) {
            List<String> unmade = each(only(), file -> {
                String name = file.path("name").asText();
                Path own = Files.createDirectory(files.resolve(name));
                Outcome outcome = shell.run(
                        List.of(
                                "/bin/sh",
                                "-c",
                                prelude + "\n" + file.path("make").asText()),
                        own,
                        PATIENCE);
                return outcome.isSuccess() ? List.of() : List.of(name + ": " + outcome.errorLine());
            });
            assertThat(unmade).isEmpty();
        }
    }

    private static void tool(Path tools, String name, Path program, FfmpegBinaries binaries) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n");
        binaries.environment().forEach((key, value) -> script.append("export ")
                .append(key)
                .append("='")
                .append(value)
                .append("'\n"));
        script.append("exec '").append(program).append("' -nostdin -hide_banner -v error -y \"$@\"\n");
        Path file = Files.writeString(tools.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static Stream<FfmpegBinaries> ffmpegs() {
        return Encoders.all();
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void endsAsEachFileShould(FfmpegBinaries binaries) throws Exception {
        EncodeProperties properties = Encoders.properties(binaries, folder, Map.of());
        Path work = Files.createDirectory(folder.resolve("work-" + binaries.version()));
        try (Programs programs = Encoders.programs(binaries);
                Programs player = new Programs(0, Encoders.bundled().environment())) {
            Encoder encoder = Encoders.of(properties, programs);
            Verifier verifier = Encoders.verifier(properties, programs);
            List<JsonNode> share = Encoders.share(binaries, only());
            List<String> wrong = each(share, file -> {
                Path room = Files.createDirectory(work.resolve(file.path("name").asText()));
                return check(file, encoder, verifier, properties, player, room);
            });
            System.out.printf(
                    "[media] ffmpeg %s: %d files, %d not as they should%n",
                    binaries.version(), share.size(), wrong.size());
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void isLargeAndNamesEachFileOnce() {
        Set<String> names = new HashSet<>();
        for (JsonNode file : corpus.path("files")) {
            assertThat(names.add(file.path("name").asText())).as("%s", file).isTrue();
            assertThat(file.has("ready") || file.has("refused")).as("%s", file).isTrue();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(LEAST_FILES);
    }

    /** All, or those that a developer looks at: -Dcorpus=part of their names. */
    private List<JsonNode> only() {
        String part = System.getProperty("corpus", "");
        List<JsonNode> chosen = new ArrayList<>();
        for (JsonNode file : corpus.path("files")) {
            if (file.path("name").asText().contains(part)) {
                chosen.add(file);
            }
        }
        return chosen;
    }

    private static List<String> each(List<JsonNode> all, Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            all.forEach(file -> tasks.add(() -> work.on(file)));
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> done : threads.invokeAll(tasks)) {
                wrong.addAll(done.get());
            }
            return wrong;
        } finally {
            threads.shutdownNow();
        }
    }

    private interface Work {
        List<String> on(JsonNode file) throws Exception;
    }

    /** As the steps of the routes do it, and then as a player. */
    private List<String> check(
            JsonNode file, Encoder encoder, Verifier verifier, EncodeProperties properties, Programs player, Path room)
            throws Exception {
        String name = file.path("name").asText();
        List<String> wrong = new ArrayList<>();
        Path source;
        try (Stream<Path> made = Files.list(files.resolve(name))) {
            source = made.filter(path -> path.getFileName().toString().startsWith("upload"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " makes no file that is called upload"));
        }
        Path copy = Files.copy(source, room.resolve("source"));
        Path output = Files.createDirectory(room.resolve("encoded"));
        String refused = file.path("refused").asText("");
        try {
            Media media = encoder.probe(copy, room, null, progress -> {});
            Plan plan = Plan.of(
                    media, new Ladder(properties.ladder()), properties.style().maxFrameRate(), true);
            EncodedVideo encoded = Encoders.encode(encoder, copy, room, output, plan);
            verifier.decode(Verification.of(output, plan, encoded), output, room);
            if (!refused.isEmpty()) {
                wrong.add("was encoded, not " + refused);
            } else {
                Path seen = Files.createDirectory(room.resolve("seen"));
                compare(file.path("ready"), plan, encoded, new Result(Encoders.bundled(), player, output, seen), wrong);
                if (!Files.exists(output.resolve("poster.jpg"))) {
                    wrong.add("has no poster");
                }
            }
        } catch (Fault e) {
            if (!e.reason().equals(refused)) {
                wrong.add("ended as " + e.getMessage() + " and not " + (refused.isEmpty() ? "ready" : refused));
            }
        } catch (Exception | AssertionError e) {
            wrong.add("broke: " + e);
        }
        return wrong.stream().map(what -> name + " " + what).toList();
    }

    private static void compare(JsonNode ready, Plan plan, EncodedVideo encoded, Result result, List<String> wrong) {
        double within = ready.path("within").asDouble(0.1);
        double seconds = ready.path("seconds").asDouble();
        near("is planned for", plan.media().seconds(), seconds, within, wrong);
        near("says it takes", encoded.seconds(), seconds, within + 0.06, wrong);
        near("is seen for", result.seenSeconds(), seconds, within, wrong);
        boolean sound = ready.path("sound").asBoolean(true);
        if (result.hasSound() != sound) {
            wrong.add(sound ? "has no sound" : "has a sound");
        } else if (sound) {
            near("is heard for", result.heardSeconds(), seconds, within + 0.05, wrong);
        }
        String size = encoded.width() + "x" + encoded.height();
        if (ready.has("size") && !ready.path("size").asText().equals(size)) {
            wrong.add("is " + size + ", not " + ready.path("size").asText());
        }
        if (ready.has("rate")) {
            near("has a rate of", result.rate(), ready.path("rate").asDouble(), 0.02, wrong);
        }
        warnings(ready.path("warnings"), encoded.warnings(), wrong);
        for (JsonNode seen : ready.path("seen")) {
            colour(seen, result, wrong);
        }
        ready.path("pitch").forEach(heard -> pitch(heard, result, wrong));
        for (JsonNode heard : ready.path("heard")) {
            double loudness = result.loudness(heard.path("at").asDouble());
            boolean loud = heard.path("loud").asBoolean();
            if (loud ? loudness < LOUD : loudness > SILENT) {
                wrong.add("at %s s has a loudness of %.3f, and should be %s"
                        .formatted(heard.path("at"), loudness, loud ? "loud" : "silent"));
            }
        }
    }

    private static void pitch(JsonNode heard, Result result, List<String> wrong) {
        double at = heard.path("at").asDouble();
        near(
                "at " + at + " s has a pitch of",
                result.pitch(at),
                heard.path("hertz").asDouble(),
                HERTZ,
                wrong);
    }

    private static void near(String what, double is, double should, double within, List<String> wrong) {
        if (Math.abs(is - should) > within) {
            wrong.add("%s %.3f, not %.3f".formatted(what, is, should));
        }
    }

    /** Each has to be said, and nothing else. */
    private static void warnings(JsonNode wanted, List<String> said, List<String> wrong) {
        List<String> left = new ArrayList<>(said);
        for (JsonNode pattern : wanted) {
            if (!left.removeIf(sentence -> sentence.matches(pattern.asText()))) {
                wrong.add("does not say " + pattern + " but " + said);
            }
        }
        if (!left.isEmpty()) {
            wrong.add("says " + left);
        }
    }

    private static void colour(JsonNode seen, Result result, List<String> wrong) {
        int is = result.colour(
                seen.path("at").asDouble(),
                seen.path("x").asInt(4),
                seen.path("y").asInt(4));
        int should = Integer.parseInt(seen.path("rgb").asText(), 16);
        int within = seen.path("within").asInt(40);
        boolean near = is >= 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            near &= Math.abs((is >> shift & 0xff) - (should >> shift & 0xff)) <= within;
        }
        if (!near) {
            wrong.add("at %s s is %06x, not %06x".formatted(seen.path("at"), is & 0xffffff, should));
        }
    }
}
