package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What is called ready plays, and is as long as it says; with the bundled ffmpeg and with the machine's. */
class ReadyIT extends EncodeTestBase {

    private static final double FRAME_OF_SOUND = 1024 / 48_000.0;

    /** What is done to an encoding before it is verified: shell commands in its folder. */
    private static final Map<String, String> DAMAGES = damages();

    @TempDir
    private Path folder;

    static Stream<FfmpegBinaries> ffmpegs() {
        return Stream.of(
                        FfmpegBinaries.locate(
                                Path.of(System.getProperty("caravan.root"), "target", "embedded-binaries")),
                        FfmpegBinaries.system())
                .filter(Objects::nonNull);
    }

    private static Map<String, String> damages() {
        Map<String, String> damages = new LinkedHashMap<>();
        damages.put("missing", "rm segment-0-00001.m4s");
        damages.put("empty", ": > init-2.mp4");
        damages.put("cut", "head -c 3000 segment-1-00002.m4s > t; cat t > segment-1-00002.m4s; rm t");
        damages.put("swapped", "cat init-1.mp4 > init-0.mp4");
        // In the middle of the first picture, where only a decoder finds it.
        damages.put(
                "garbled", "yes x | head -c 400 | dd of=segment-0-00001.m4s bs=1 seek=4000 conv=notrunc status=none");
        damages.put("stray", "cp segment-0-00001.m4s segment-0-00009.m4s");
        damages.put("no-manifest", "echo > master.mpd");
        return damages;
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void encodesOnceMoreWhatDoesNotPlayAndThenFailsIt(FfmpegBinaries ffmpeg) throws Exception {
        String platform = "doctored_" + (ffmpeg.bundled() ? "bundled" : "system");
        Path runs = folder.resolve("runs");
        Path damage = folder.resolve("damage");
        Map<String, String> properties = doctored(platform, ffmpeg, "echo >> " + runs + "; . " + damage);
        try (ConfigurableApplicationContext worker = start(properties)) {
            for (Map.Entry<String, String> each : DAMAGES.entrySet()) {
                String id = each.getKey() + "-" + ffmpeg.bundled();
                Files.writeString(damage, each.getValue());
                Files.deleteIfExists(runs);
                upload(id, clip());
                bus.send(Servers.jobs(platform), Messages.uploaded(id, ""));

                JsonNode event = bus.outcome(id);

                assertThat(key(event)).as(id).isEqualTo("VideoEncodingFailed");
                assertThat(event.at("/data/reason").asText()).as(id).isEqualTo("UNPLAYABLE");
                assertThat(event.at("/data/failure").asText())
                        .startsWith("The encoded video does not play, even when it is encoded again: ");
                assertThat(Files.readAllLines(runs)).as(id).hasSize(2);
                assertThat(outcomes(worker, id)).containsExactly("refused");
                assertThat(stored(id)).as(id).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void isReadyWhenTheSecondEncodingPlays(FfmpegBinaries ffmpeg) throws Exception {
        String platform = "once_" + (ffmpeg.bundled() ? "bundled" : "system");
        Path runs = folder.resolve("runs");
        String id = "once-" + ffmpeg.bundled();
        Map<String, String> properties =
                doctored(platform, ffmpeg, "[ -e " + runs + " ] || { " + DAMAGES.get("cut") + "; }; echo >> " + runs);
        try (ConfigurableApplicationContext worker = start(properties)) {
            upload(id, clip());
            bus.send(Servers.jobs(platform), Messages.uploaded(id, ""));

            assertThat(key(bus.outcome(id))).isEqualTo("VideoEncodingCompleted");
            assertThat(Files.readAllLines(runs)).hasSize(2);
            assertThat(outcomes(worker, id)).containsExactly("succeeded");
        }
    }

    /** What the disk has no room for is the platform's fault, and is no verdict on the video. */
    @ParameterizedTest
    @MethodSource("ffmpegs")
    void blamesThePlatformWhenItCannotFindOut(FfmpegBinaries ffmpeg) throws Exception {
        String platform = "blind_" + (ffmpeg.bundled() ? "bundled" : "system");
        String id = "blind-" + ffmpeg.bundled();
        Map<String, String> properties =
                wrapped(platform, ffmpeg, "case \" $* \" in *wrapped_avframe*) exit 126 ;; esac", "");
        try (ConfigurableApplicationContext worker = start(properties)) {
            upload(id, clip());
            bus.send(Servers.jobs(platform), Messages.uploaded(id, ""));

            assertThat(bus.outcome(id).at("/data/reason").asText()).isEqualTo("SERVICE_FAULT");
            assertThat(outcomes(worker, id)).containsExactly("failed", "failed", "failed");
            assertThat(new String(bus.next(Bus.DEAD_LETTERS).getBody(), StandardCharsets.UTF_8))
                    .contains(id);
        }
    }

    @ParameterizedTest
    @MethodSource("ffmpegs")
    void isAsLongAsItSays(FfmpegBinaries ffmpeg) throws Exception {
        String platform = "lengths_" + (ffmpeg.bundled() ? "bundled" : "system");
        List<Length> lengths = new ArrayList<>();
        for (String rate : List.of("24000/1001", "25", "30000/1001", "60")) {
            lengths.add(new Length(rate, 3.04, 3.04));
            lengths.add(new Length(rate, 5.96, 5.96));
        }
        lengths.add(new Length("25", 3.04, 5.5));
        lengths.add(new Length("30000/1001", 5.96, 2));
        lengths.add(new Length("25", 4.2, 0));
        try (ConfigurableApplicationContext worker = start(with(ffmpeg, servers.properties(platform)))) {
            for (Length length : lengths) {
                String id = length.name() + "-" + ffmpeg.bundled();
                upload(id, length.clip());
                bus.send(Servers.jobs(platform), Messages.uploaded(id, ""));
                JsonNode event = bus.outcome(id);
                assertThat(key(event)).as("%s: %s", id, event).isEqualTo("VideoEncodingCompleted");
                length.check(id, event.path("data"));
            }
            assertThat(worker.isActive()).isTrue();
        }
    }

    /** A clip whose picture and sound take so many seconds; no sound for 0. */
    private final class Length {

        private final String rate;
        private final double picture;
        private final double sound;

        Length(String rate, double picture, double sound) {
            this.rate = rate;
            this.picture = picture;
            this.sound = sound;
        }

        String name() {
            return (rate + "-" + picture + "-" + sound).replaceAll("[/.]", "_");
        }

        Path clip() {
            String audio = sound > 0 ? " -f lavfi -i sine=d=" + sound : "";
            return clips.make("-f lavfi -i testsrc2=s=128x96:r=" + rate + ":d=" + picture + audio
                    + " -c:v libx264 -preset ultrafast -c:a aac " + name() + ".mp4");
        }

        private double frame() {
            String[] parts = rate.split("/");
            return (parts.length > 1 ? Double.parseDouble(parts[1]) : 1) / Double.parseDouble(parts[0]);
        }

        void check(String id, JsonNode data) throws Exception {
            String manifest = object(id, "master.mpd");
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(manifest)))
                    .getDocumentElement();
            double declared = Duration.parse(root.getAttribute("mediaPresentationDuration"))
                            .toNanos()
                    / 1e9;
            // Those of tracks; a storyboard has no timeline.
            NodeList timelines = root.getElementsByTagName("SegmentTimeline");
            double longest = 0;
            for (int i = 0; i < timelines.getLength(); i++) {
                double dash = sum((Element) timelines.item(i).getParentNode());
                double hls = Pattern.compile("#EXTINF:([0-9.]+),")
                        .matcher(object(id, "media_" + i + ".m3u8"))
                        .results()
                        .mapToDouble(match -> Double.parseDouble(match.group(1)))
                        .sum();
                boolean isSound = sound > 0 && i == timelines.getLength() - 1;
                double frame = isSound ? FRAME_OF_SOUND : frame();
                assertThat(hls).as("%s: HLS and DASH, track %d", id, i).isCloseTo(dash, within(frame));
                assertThat(declared).as("%s: track %d", id, i).isGreaterThanOrEqualTo(dash - 1e-9);
                if (isSound || picture >= sound) {
                    // A sound that ends early is followed by silence.
                    assertThat(dash).as("%s: track %d", id, i).isCloseTo(Math.max(picture, sound), within(1.5 * frame));
                }
                longest = Math.max(longest, dash);
            }
            assertThat(declared).as(id).isCloseTo(longest, within(0.00001));
            assertThat(data.path("duration_ms").asLong()).as(id).isEqualTo(Math.round(1000 * longest));
            assertThat(data.path("duration").asLong()).as(id).isEqualTo(Math.round(longest));
            assertThat(longest).as(id).isCloseTo(Math.max(picture, sound), within(0.06));
        }

        private double sum(Element template) {
            double timescale = Double.parseDouble(template.getAttribute("timescale"));
            NodeList entries = template.getElementsByTagName("S");
            double sum = 0;
            for (int i = 0; i < entries.getLength(); i++) {
                Element entry = (Element) entries.item(i);
                int times = entry.hasAttribute("r") ? 1 + Integer.parseInt(entry.getAttribute("r")) : 1;
                sum += times * Double.parseDouble(entry.getAttribute("d"));
            }
            return sum / timescale;
        }
    }

    private String object(String id, String name) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/1/" + name))
                .asUtf8String();
    }

    /** Two sizes, two segments, sound. */
    private Path clip() {
        return clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=5 -f lavfi -i sine=d=5 -c:v libx264 -preset ultrafast"
                + " -c:a aac whole.mp4");
    }

    private Map<String, String> doctored(String platform, FfmpegBinaries ffmpeg, String damage) throws IOException {
        Map<String, String> properties =
                wrapped(platform, ffmpeg, "", "case \" $* \" in *\" -f dash \"*) " + damage + " ;; esac");
        // One run makes all, and each is counted.
        properties.put("encode.first-renditions", "0");
        return properties;
    }

    /** A worker whose ffmpeg is wrapped in a script. */
    private Map<String, String> wrapped(String platform, FfmpegBinaries ffmpeg, String before, String after)
            throws IOException {
        Path script = folder.resolve("ffmpeg");
        Files.writeString(
                script,
                String.format(Locale.ROOT, "#!/bin/sh%n%s%n%s \"$@\" || exit%n%s%n", before, ffmpeg.ffmpeg(), after));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> properties = with(ffmpeg, servers.properties(platform));
        properties.put("encode.ffmpeg", script.toString());
        // A jail has no shell.
        properties.put("encode.jail", "off");
        return properties;
    }

    private static Map<String, String> with(FfmpegBinaries ffmpeg, Map<String, String> properties) {
        properties.keySet().removeIf(name -> name.startsWith("encode.ffmpeg-environment"));
        properties.put("encode.ffmpeg", ffmpeg.ffmpeg().toString());
        properties.put("encode.ffprobe", ffmpeg.ffprobe().toString());
        ffmpeg.environment().forEach((name, value) -> properties.put("encode.ffmpeg-environment[" + name + "]", value));
        return properties;
    }
}
