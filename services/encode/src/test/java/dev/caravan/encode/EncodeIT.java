package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.caravan.encode.presentation.DashManifest;
import dev.caravan.proto.encode.FindRunningRequest;
import dev.caravan.proto.encode.MakePortraitRequest;
import dev.caravan.proto.encode.MakePortraitResponse;
import dev.caravan.proto.encode.ReencodeRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessResourceFailureException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A worker encodes what it is sent, and says of everything else why not. */
class EncodeIT extends EncodeTestBase {

    private static final String QUEUE = Servers.jobs("main");

    /** Steps that fail: how often still. */
    private final Map<String, AtomicInteger> failures = new LinkedHashMap<>();

    /** What happens once before the raw file is fetched. */
    private final AtomicReference<Runnable> beforeDownload = new AtomicReference<>(() -> {});

    private Map<String, String> properties = Map.of();
    private ConfigurableApplicationContext service;

    @BeforeAll
    void startService() throws Exception {
        properties = servers.properties("main");
        service = start(properties);
        failingStep("encode-check-source", "find-source");
        failingStep("encode-store-file", "store-file");
        failingStep("encode-succeed", "record-success");
        failingStep("encode-refuse", "record-refusal");
        failingStep("encode-fail", "record-failure");
        failingStep("outbox-relay", "publish-message");
        failingStep("encode-report-progress", "announce-progress");
        failingStep("encode-publish", "record-playable");
        failures.put("get-source", new AtomicInteger());
        before(service, "encode-download", "get-source", exchange -> {
            fail("get-source");
            beforeDownload.getAndSet(() -> {}).run();
        });
    }

    @AfterAll
    void stopService() {
        service.close();
    }

    @AfterEach
    void failNoMore() {
        failures.values().forEach(left -> left.set(0));
    }

    @Test
    void tellsHowFarAVideoCanBePlayedWhileItIsEncoded() throws Exception {
        upload("growing", growing());

        JsonNode ready = encode("growing").path("data");

        List<JsonNode> told = bus.playable("growing");
        assertThat(told).isNotEmpty();
        assertThat(told)
                .extracting(data -> data.path("playable_until_ms").asLong())
                .isSorted();
        JsonNode last = told.get(told.size() - 1);
        assertThat(last.path("whole").asBoolean()).isTrue();
        assertThat(last.path("playable_until_ms").asLong()).isBetween(11_950L, 12_050L);
        assertThat(last.path("duration_ms").asLong()).isBetween(11_950L, 12_050L);
        assertThat(last.path("path")).isEqualTo(ready.path("path"));
        assertThat(last.path("hls").asText()).isEqualTo("master.m3u8");
        assertThat(last.path("renditions").findValuesAsText("height")).containsExactly("240");
        assertThat(ready.path("renditions").findValuesAsText("height")).containsExactly("360", "240");
        assertThat(last.path("manifests").path("media_first-0.m3u8").asText())
                .contains("segment-first-0-00003.m4s", "#EXT-X-ENDLIST");
        assertThat(files("growing"))
                .contains("init-0.mp4", "segment-0-00003.m4s", "segment-first-1-00003.m4s", "media_first-0.m3u8")
                .doesNotContain("first-master.mpd");
        // Who played before goes on with the same files.
        assertThat(text("growing", "media_first-0.m3u8"))
                .isEqualTo(last.path("manifests").path("media_first-0.m3u8").asText());
    }

    @Test
    void isReadyThoughNobodyCouldBeToldThatItCanBePlayed() throws Exception {
        failing("record-playable").set(1000);
        upload("untold", growing());

        assertThat(encode("untold").path("data").path("renditions")).hasSize(2);

        assertThat(bus.playable("untold")).isEmpty();
        assertThat(files("untold")).contains("segment-first-0-00001.m4s", "segment-0-00001.m4s");
    }

    @Test
    void tellsNothingOfThatWhenItIsEncodedAgain() throws Exception {
        upload("again", growing());
        encode("again");
        int told = bus.playable("again").size();

        callAs(
                properties,
                1,
                "admin",
                stub -> stub.reencode(
                        ReencodeRequest.newBuilder().setVideoId("again").build()));
        JsonNode ready = bus.outcome("again").path("data");

        assertThat(ready.path("attempt").asInt()).isEqualTo(2);
        assertThat(bus.playable("again")).hasSize(told);
    }

    /** In two sizes. */
    private Path growing() throws Exception {
        return clips.make(
                "-f lavfi -i testsrc2=s=640x360:r=25:d=12 -f lavfi -i sine=d=12 -c:v libx264 -preset ultrafast"
                        + " -pix_fmt yuv420p -c:a aac growing.mp4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mov_text mp4", "subrip mkv", "ass mkv", "webvtt mkv"})
    void takesOverTheCaptionsAndChaptersOfAFile(String kind) throws Exception {
        String[] codecAndSuffix = kind.split(" ");
        String id = "texts-" + codecAndSuffix[0];
        Path captions = clips.text("texts.srt", "1\n00:00:01,000 --> 00:00:02,500\nGr\u00fc\u00dfe & <i>more</i>\n");
        Path chapters = clips.text("texts.txt", """
                ;FFMETADATA1
                [CHAPTER]
                TIMEBASE=1/1000
                START=0
                END=1500
                title=One
                [CHAPTER]
                TIMEBASE=1/1000
                START=1500
                END=3000
                title=Two
                """);
        upload(
                id,
                clips.make(
                        "-f lavfi -i testsrc2=s=320x180:r=25:d=3 -i %s -i %s -i %s -map 0 -map 1 -map 2 -map_chapters 3"
                                        .formatted(captions, captions, chapters)
                                + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:s " + codecAndSuffix[0]
                                + " -metadata:s:s:0 language=ger -metadata:s:s:1 language=ger " + id + "."
                                + codecAndSuffix[1]));

        JsonNode data = encode(id).path("data");

        assertThat(data.path("warnings")).isEmpty();
        assertThat(data.path("captions")).hasSize(2);
        assertThat(data.at("/captions/0/language").asText()).isEqualTo("de");
        assertThat(data.at("/captions/1/language").asText()).startsWith("de-x-track");
        assertThat(data.at("/captions/0/content").asText())
                .startsWith("WEBVTT")
                .contains("00:01.000 --> 00:02.500")
                .contains("Gr\u00fc\u00dfe");
        assertThat(data.path("chapters").findValuesAsText("title")).containsExactly("One", "Two");
        assertThat(data.at("/chapters/1/seconds").asDouble()).isEqualTo(1.5);
    }

    @Test
    void tellsWhatAVideoCanBeHeardWith() throws Exception {
        upload(
                "languages",
                clips.make(
                        "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -f lavfi -i anullsrc=cl=5.1:d=2 -f lavfi -i sine=d=2"
                                + " -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac"
                                + " -metadata:s:a:0 language=ger -disposition:a:1 visual_impaired -metadata:s:a:1 language=eng"
                                + " languages.mkv"));

        JsonNode data = encode("languages").path("data");

        assertThat(data.path("audio_tracks")).isEqualTo(new ObjectMapper().readTree("""
                [{"language": "de", "label": "Deutsch", "channels": 6, "default": true, "audio_description": false},
                 {"language": "en", "label": "English (audio description)", "channels": 2, "default": false,
                  "audio_description": true}]
                """));
        assertThat(files("languages"))
                .contains("init-1.mp4", "init-2.mp4", "init-3.mp4")
                .doesNotContain("init-4.mp4");
    }

    @Test
    void encodesAVideoOfAForeignPublisher() throws Exception {
        upload(
                "story",
                clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=9 -f lavfi -i sine=d=9 -metadata title=secret"
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 2 story.mp4"));

        JsonNode event = encode("story");

        assertThat(event.path("key").asText()).isEqualTo("VideoEncodingCompleted");
        assertThat(event.path("data")).isEqualTo(new ObjectMapper().readTree("""
                                        {"original_id": "story", "title": "A title", "description": "Ünïcode",
                                         "published_at": "2026-01-02T03:04:05Z", "user_id": 42, "attempt": 1,
                                         "height": 360, "width": 640, "duration": 9, "duration_ms": 9009, "warnings": [],
                                         "thumbnail": "encoded-videos/story/1/thumbnail-640.jpg", "thumbnails": [
                                          {"key": "encoded-videos/story/1/thumbnail-640.jpg", "width": 640, "height": 360,
                                           "type": "image/jpeg"},
                                          {"key": "encoded-videos/story/1/thumbnail-640.webp", "width": 640, "height": 360,
                                           "type": "image/webp"},
                                          {"key": "encoded-videos/story/1/thumbnail-320.jpg", "width": 320, "height": 180,
                                           "type": "image/jpeg"},
                                          {"key": "encoded-videos/story/1/thumbnail-320.webp", "width": 320, "height": 180,
                                           "type": "image/webp"}], "path": "encoded-videos/story/1",
                                         "hls": "master.m3u8", "storyboard": "storyboard.vtt", "renditions": [
                                          {"width": 640, "height": 360, "bitrate": 928000, "codecs": "avc1.42c01e,mp4a.40.2"},
                                          {"width": 426, "height": 240, "bitrate": 528000, "codecs": "avc1.42c015,mp4a.40.2"}],
                                         "audio_tracks": [
                                          {"label": "Sound", "channels": 2, "default": true, "audio_description": false}]}
                                        """));
        assertThat(bus.progress("story")).startsWith(0).isSorted();
        assertThat(files("story"))
                .containsExactlyInAnyOrder(
                        "init-0.mp4",
                        "init-first-0.mp4",
                        "init-first-1.mp4",
                        "master.m3u8",
                        "master.mpd",
                        "media_0.m3u8",
                        "media_first-0.m3u8",
                        "media_first-1.m3u8",
                        "segment-0-00001.m4s",
                        "segment-0-00002.m4s",
                        "segment-0-00003.m4s",
                        "segment-first-0-00001.m4s",
                        "segment-first-0-00002.m4s",
                        "segment-first-0-00003.m4s",
                        "segment-first-1-00001.m4s",
                        "segment-first-1-00002.m4s",
                        "segment-first-1-00003.m4s",
                        "storyboard.jpg",
                        "storyboard.vtt",
                        "thumbnail-320.jpg",
                        "thumbnail-320.webp",
                        "thumbnail-640.jpg",
                        "thumbnail-640.webp");
        assertThat(head("story", "segment-0-00001.m4s").contentType()).isEqualTo("video/iso.segment");
        assertThat(head("story", "segment-0-00001.m4s").cacheControl()).contains("immutable");
        assertThat(head("story", "master.mpd").contentType()).isEqualTo("application/dash+xml");
        assertThat(head("story", "master.m3u8").contentType()).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(keyframes("story", "0")).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0);
        assertThat(keyframes("story", "first-0")).isEqualTo(keyframes("story", "0"));
        assertThat(text("story", "master.m3u8")).contains("media_0.m3u8", "RESOLUTION=640x360", "AUDIO=");
        assertThat(text("story", "media_0.m3u8"))
                .contains("#EXT-X-MAP:URI=\"init-0.mp4\"", "segment-0-00003.m4s", "#EXT-X-ENDLIST");
        assertThat(DashManifest.read(fetched("story", "master.mpd"))
                        .presentation()
                        .seconds())
                .isBetween(9.009, 9.01);
        assertThat(size(fetched("story", "thumbnail-640.jpg"))).isEqualTo("640x360");
        assertThat(clips.probe(joined("story", "0"), "format_tags").toString()).doesNotContain("secret");
        assertThat(service.getBean(MeterRegistry.class).summary("encode.speed").max())
                .isPositive();
    }

    @Test
    void encodesVideosOfEveryShape() throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        String x264 = " -c:v libx264 -preset ultrafast ";
        sources.put("silent", "-f lavfi -i testsrc2=s=320x240:r=25:d=1" + x264 + "silent.mp4");
        sources.put("mono", "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -f lavfi -i sine=d=1" + x264 + "mono.mkv");
        sources.put(
                "surround",
                "-f lavfi -i testsrc2=s=256x144:r=30000/1001:d=1 -f lavfi -i anullsrc=cl=5.1:d=1 -shortest" + x264
                        + "surround.mp4");
        sources.put(
                "odd",
                "-f lavfi -i testsrc2=s=322x242:r=25:d=1 -vf crop=321:241:exact=1,format=yuv444p -c:v ffv1 odd.mkv");
        sources.put(
                "long-sound",
                "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -f lavfi -i sine=d=4" + x264 + "-c:a aac long-sound.mp4");
        sources.put("wide-pixels", "-f lavfi -i testsrc2=s=180x144:r=25:d=1 -vf setsar=64/45" + x264 + "wide.mov");
        sources.put(
                "unsteady",
                "-f lavfi -i testsrc2=s=256x144:r=30:d=2 -vf select=not(mod(n\\,3))+lt(n\\,20) -fps_mode vfr" + x264
                        + "unsteady.mp4");
        sources.put("fast", "-f lavfi -i testsrc2=s=256x144:r=120:d=1" + x264 + "fast.mp4");
        sources.put("slow", "-f lavfi -i testsrc2=s=256x144:r=1:d=5" + x264 + "slow.mp4");
        sources.put(
                "hdr",
                "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -c:v libx265 -pix_fmt yuv420p10le -preset ultrafast"
                        + " -x265-params log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc hdr.mp4");
        sources.put(
                "interlaced",
                "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -c:v mpeg2video -flags +ildct+ilme"
                        + " -top 1 -f mpegts interlaced.ts");
        sources.put("old", "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -f lavfi -i sine=d=1 -c:v mpeg4 -c:a mp3 old.avi");
        sources.put(
                "web",
                "-f lavfi -i testsrc2=s=256x144:r=25:d=1 -f lavfi -i sine=d=1 -c:v libvpx -deadline realtime"
                        + " -cpu-used 8 -c:a libopus web.webm");
        sources.forEach((id, arguments) -> {
            upload(id, clips.make(arguments));
            bus.send(QUEUE, Messages.uploaded(id, ""));
        });
        upload("rotated", clips.rotate(clips.make("-f lavfi -i testsrc2=s=320x240:r=25:d=1" + x264 + "rotated.mp4")));
        bus.send(QUEUE, Messages.uploaded("rotated", ""));

        assertThat(sizes("silent")).isEqualTo("320x240 1 stream(s)");
        assertThat(sizes("mono")).isEqualTo("256x144 2 channel(s)");
        assertThat(sizes("surround")).isEqualTo("256x144 2 channel(s)");
        assertThat(sizes("long-sound")).isEqualTo("256x144 2 channel(s)");
        assertThat(DashManifest.read(fetched("long-sound", "master.mpd"))
                        .presentation()
                        .seconds())
                .isBetween(3.9, 4.1);
        assertThat(sizes("rotated")).isEqualTo("240x320 1 stream(s)");
        assertThat(sizes("odd")).isEqualTo("320x240 1 stream(s)");
        assertThat(sizes("wide-pixels")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("unsteady")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("fast")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("slow")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("hdr")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("interlaced")).isEqualTo("256x144 1 stream(s)");
        assertThat(sizes("old")).isEqualTo("256x144 2 channel(s)");
        assertThat(sizes("web")).isEqualTo("256x144 2 channel(s)");
        assertThat(picture("odd").path("pix_fmt").asText()).isEqualTo("yuv420p");
        assertThat(picture("hdr").path("color_transfer").asText()).isEqualTo("bt709");
        assertThat(picture("fast").path("r_frame_rate").asText()).isEqualTo("60/1");
        assertThat(picture("unsteady").path("r_frame_rate").asText()).isEqualTo("30/1");
        assertThat(keyframes("slow", "0")).containsExactly(0.0, 2.0, 4.0);
        assertThat(keyframes("odd", "0")).containsExactly(0.0);
    }

    @Test
    void refusesWhatIsNoVideoAndGoesOnWithTheNext() throws Exception {
        Path good = clips.make("-f lavfi -i testsrc2=s=256x144:r=25:d=2 -f lavfi -i sine=d=2 -c:v libx264"
                + " -preset ultrafast -g 10 -pix_fmt yuv420p -c:a aac good.mp4");
        Path fast = clips.make("-i good.mp4 -c copy -movflags +faststart front.mp4");
        Path mkv = clips.make("-i good.mp4 -c copy good.mkv");
        Map<String, Path> sources = new LinkedHashMap<>();
        sources.put("text", clips.text("text", "Hello, I am no video.\n"));
        sources.put("empty", clips.text("empty", ""));
        sources.put("bomb", clips.zipBomb());
        sources.put("playlist", clips.text("playlist", playlist("file:///etc/passwd")));
        sources.put("remote", clips.text("remote", playlist("http://127.0.0.1:1/segment.ts")));
        sources.put("concat", clips.text("concat", "ffconcat version 1.0\nfile " + good + "\n"));
        sources.put("picture", clips.make("-f lavfi -i testsrc2=s=64x64:d=0.04 -frames:v 1 picture.png"));
        sources.put("cut", clips.cut(good, 0.6));
        sources.put("cut-front", clips.cut(fast, 0.8));
        sources.put("cut-early", clips.cut(fast, 0.3));
        sources.put("cut-mkv", clips.cut(mkv, 0.4));
        sources.put("flipped", clips.flipBits(good));
        sources.put("blank", clips.blank(fast, 0.2));
        sources.put("sound", clips.make("-f lavfi -i sine=d=1 -c:a aac sound.mp4"));
        sources.put("large", Files.write(clips.text("large", ""), new byte[11 << 20]));
        sources.put(
                "long", clips.make("-f lavfi -i testsrc2=s=16x16:r=1:d=400 -c:v libx264 -preset ultrafast long.mp4"));
        sources.put("good", good);
        sources.forEach((id, file) -> {
            upload(id, file);
            bus.send(QUEUE, Messages.uploaded(id, ""));
        });
        bus.send(QUEUE, Messages.uploaded("nowhere", ""));

        Map<String, JsonNode> ends = new LinkedHashMap<>();
        sources.keySet().forEach(id -> ends.put(id, bus.outcome(id).path("data")));
        Map<String, String> reasons = new LinkedHashMap<>();
        ends.forEach((id, end) -> reasons.put(id, end.path("reason").asText()));
        JsonNode missing = bus.outcome("nowhere");

        assertThat(reasons)
                .containsOnly(
                        Map.entry("text", "NOT_A_VIDEO"),
                        Map.entry("empty", "EMPTY"),
                        Map.entry("bomb", "NOT_A_VIDEO"),
                        Map.entry("playlist", "NOT_A_VIDEO"),
                        Map.entry("remote", "NOT_A_VIDEO"),
                        Map.entry("concat", "NOT_A_VIDEO"),
                        Map.entry("picture", "NOT_A_VIDEO"),
                        Map.entry("cut", "TRUNCATED"),
                        // What is there of it is worth it.
                        Map.entry("cut-front", ""),
                        Map.entry("cut-early", "TRUNCATED"),
                        Map.entry("cut-mkv", "TRUNCATED"),
                        Map.entry("flipped", ""),
                        Map.entry("blank", "DAMAGED"),
                        Map.entry("sound", ""),
                        Map.entry("large", "TOO_LARGE"),
                        Map.entry("long", "TOO_LONG"),
                        Map.entry("good", ""));
        assertThat(missing.path("data")).isEqualTo(new ObjectMapper().readTree("""
                                        {"original_id": "nowhere", "title": "A title", "description": "Ünïcode",
                                         "published_at": "2026-01-02T03:04:05Z", "user_id": 42, "attempt": 1,
                                         "reason": "MISSING",
                                         "failure": "The uploaded file was not found."}
                                        """));
        assertThat(java.util.Objects.requireNonNull(ends.get("cut-front")).path("warnings"))
                .extracting(JsonNode::asText)
                .singleElement()
                .asString()
                .matches("0\\.\\d s at the end are missing: the file was cut off\\.");
        // What was played of them by then is swept when nobody can play it any more.
        for (String id : List.of("cut-early", "blank")) {
            assertThat(stored(id)).noneMatch(name -> name.endsWith(".mpd") || name.endsWith(".m3u8"));
            assertThat(jdbc(service)
                            .queryForObject(
                                    "select count(*) from orphans where prefix = ?",
                                    Integer.class,
                                    "encoded-videos/" + id + "/1/"))
                    .isEqualTo(1);
        }
        assertThat(outcomes(service, "blank")).containsExactly("refused");
        assertThat(outcomes(service, "nowhere")).containsExactly("refused");
        assertThat(service.getBean(MeterRegistry.class)
                        .counter("encode.failures", "reason", "DAMAGED")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void encodesAVideoOnceHoweverOftenItsMessageComes() {
        upload("thrice", small());
        upload("after-thrice", small());
        bus.send(QUEUE, Messages.uploaded("thrice", ""));
        bus.send(QUEUE, Messages.uploaded("thrice", ""));
        JsonNode event = bus.outcome("thrice");
        bus.send(QUEUE, Messages.uploaded("thrice", ""));

        assertThat(key(encode("after-thrice"))).isEqualTo("VideoEncodingCompleted");

        assertThat(key(event)).isEqualTo("VideoEncodingCompleted");
        assertThat(bus.hasOutcome("thrice")).isFalse();
        assertThat(outcomes(service, "thrice")).containsExactly("succeeded");
    }

    @Test
    void encodesTheFileThatItLookedAtAndNoOtherThatCameInItsPlace() {
        upload("changed", small());
        Path other = clips.make("-f lavfi -i testsrc2=s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4");
        beforeDownload.set(() -> upload("changed", other));

        JsonNode event = encode("changed");

        assertThat(event.path("data").path("width").asInt()).isEqualTo(128);
        assertThat(outcomes(service, "changed")).containsExactly("failed", "succeeded");
        assertThat(attempt(event)).isEqualTo(2);
    }

    @Test
    void putsAMessageThatSaysNothingAsideAndGoesOn() {
        bus.send(QUEUE, "no json");
        bus.send(QUEUE, "{\"key\": \"Unknown\", \"data\": {}}");
        bus.send(QUEUE, "");
        bus.send(QUEUE, " ".repeat(300_000));
        bus.send(Servers.events("main"), "{}");
        upload("after-garbage", small());

        assertThat(key(encode("after-garbage"))).isEqualTo("VideoEncodingCompleted");
        Map<String, Message> kept = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            Message message = bus.next(Bus.DEAD_LETTERS);
            kept.put(body(message).strip() + body(message).length(), message);
        }
        assertThat(kept).containsOnlyKeys("no json7", "{\"key\": \"Unknown\", \"data\": {}}30", "0", "300000", "{}2");
        assertThat(headers(kept, "{\"key\": \"Unknown\", \"data\": {}}30"))
                .containsEntry("x-failure", "its key is \"Unknown\", not EncodeUploadedVideo")
                .containsEntry("x-reason", "MALFORMED_MESSAGE")
                .containsEntry("x-service", "encode")
                .containsEntry("x-origin-queue", QUEUE)
                .containsEntry("x-route-trail", "encode-receive,encode-dead-letter")
                .containsEntry("traceparent", Bus.TRACE)
                .doesNotContainKey("authorization");
        assertThat(headers(kept, "300000")).containsEntry("x-reason", "MESSAGE_TOO_LARGE");
        assertThat(headers(kept, "{}2")).containsEntry("x-origin-queue", Servers.events("main"));
        patiently().until(() -> bus.isEmpty(QUEUE));
    }

    @Test
    void repeatsACallThatFailsWithoutAnotherAttempt() {
        upload("patient", small());
        failures.values().forEach(left -> left.set(2));

        assertThat(key(encode("patient"))).isEqualTo("VideoEncodingCompleted");
        assertThat(left("find-source", "get-source", "store-file", "record-success", "publish-message"))
                .containsOnly(0);
        assertThat(outcomes(service, "patient")).containsExactly("succeeded");
    }

    @Test
    void givesUpAfterSomeAttemptsSaysSoOnceAndKeepsTheMessage() {
        upload("unlucky", small());
        failing("store-file").set(1000);
        failing("record-failure").set(2);

        JsonNode event = encode("unlucky");

        assertThat(key(event)).isEqualTo("VideoEncodingFailed");
        assertThat(attempt(event)).isEqualTo(3);
        assertThat(event.path("data").path("reason").asText()).isEqualTo("SERVICE_FAULT");
        assertThat(event.path("data").path("failure").asText()).contains("fault in the platform");
        assertThat(outcomes(service, "unlucky")).containsExactly("failed", "failed", "failed");
        // Three attempts of four parallel uploads at most, each tried three times, while it grows, when it has grown
        // and at the end: nothing repeats the repetition.
        assertThat(1000 - failing("store-file").get()).isBetween(9, 108);
        Message kept = bus.next(Bus.DEAD_LETTERS);
        assertThat(body(kept)).isEqualTo(Messages.uploaded("unlucky", ""));
        assertThat(kept.getMessageProperties().getContentType()).isEqualTo("application/json");
        assertThat(kept.getMessageProperties().getHeaders())
                .containsEntry("x-origin-queue", QUEUE)
                .containsEntry("x-service", "encode")
                .containsEntry("x-reason", "SERVICE_FAULT")
                .containsEntry("x-video-id", "unlucky")
                .containsEntry("traceparent", Bus.TRACE);
        assertThat(String.valueOf(kept.getMessageProperties().<Object>getHeader("x-failure")))
                .isEqualTo("The world is down at store-file");
        assertThat(String.valueOf(kept.getMessageProperties().<Object>getHeader("x-route-trail")))
                .startsWith("encode-claim,encode-run,encode-video,encode-check-source")
                .contains("encode-store")
                .endsWith("encode-classify-failure,encode-fail");
        assertThat(stored("unlucky")).noneMatch(name -> name.endsWith("master.mpd"));

        failing("store-file").set(0);
        // An operator sends it again.
        JsonNode second = encode("unlucky");

        assertThat(key(second)).isEqualTo("VideoEncodingCompleted");
        assertThat(attempt(second)).isEqualTo(4);
        assertThat(second.path("data").path("path").asText()).isEqualTo("encoded-videos/unlucky/4");
    }

    @Test
    void endsAnEncodingThatTakesTooLong() {
        upload("endless", heavy());
        Map<String, String> properties = servers.properties("timeout");
        properties.put("encode.style.preset", "veryslow");
        properties.put("encode.timeout", "500ms");
        try (ConfigurableApplicationContext impatient = start(properties)) {
            bus.send(Servers.jobs("timeout"), Messages.uploaded("endless", ""));

            assertThat(bus.outcome("endless").path("data").path("reason").asText())
                    .isEqualTo("TOO_SLOW");
            assertThat(impatient.getBean(FfmpegHealth.class).health().getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void blamesNoVideoForAMissingFfmpeg() {
        upload("innocent", small());
        Map<String, String> properties = servers.properties("missing");
        properties.put("encode.ffmpeg", "/no/such/ffmpeg");
        try (ConfigurableApplicationContext poor = start(properties)) {
            assertThat(poor.getBean(FfmpegHealth.class).health().getStatus()).isEqualTo(Status.DOWN);
            bus.send(Servers.jobs("missing"), Messages.uploaded("innocent", ""));

            assertThat(bus.outcome("innocent").path("data").path("reason").asText())
                    .isEqualTo("SERVICE_FAULT");
            assertThat(outcomes(poor, "innocent")).containsExactly("failed", "failed", "failed");
            assertThat(body(bus.next(Bus.DEAD_LETTERS))).contains("innocent");
        }
    }

    @Test
    void forgetsAReportThatCannotBeSent() {
        failing("announce-progress").set(1);
        upload("unheard", small());

        assertThat(encode("unheard").path("key").asText()).isEqualTo("VideoEncodingCompleted");
        assertThat(bus.progress("unheard")).doesNotContain(0);
    }

    @Test
    void saysThatNothingRuns() {
        assertThat(service.getBean(ProducerTemplate.class)
                        .requestBody(
                                "direct:encode-find-running",
                                FindRunningRequest.getDefaultInstance(),
                                dev.caravan.proto.encode.FindRunningResponse.class)
                        .getData()
                        .getJobsList())
                .isEmpty();
    }

    @Test
    void makesAPortraitOfAnImageAndNothingOfWhatIsNone() throws Exception {
        ProducerTemplate template = service.getBean(ProducerTemplate.class);
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(50, 300, java.awt.image.BufferedImage.TYPE_INT_RGB);
        java.io.ByteArrayOutputStream png = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "png", png);

        byte[] made = template.requestBody(
                        "direct:encode-make-portrait",
                        MakePortraitRequest.newBuilder()
                                .setImage(ByteString.copyFrom(png.toByteArray()))
                                .build(),
                        MakePortraitResponse.class)
                .getData()
                .getImage()
                .toByteArray();

        java.awt.image.BufferedImage seen = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(made));
        assertThat(seen.getWidth()).isEqualTo(50);
        assertThat(seen.getHeight()).isEqualTo(50);
        Throwable refused = org.assertj.core.api.Assertions.catchThrowable(() -> template.requestBody(
                "direct:encode-make-portrait",
                MakePortraitRequest.newBuilder()
                        .setImage(ByteString.copyFromUtf8("no image"))
                        .build()));
        assertThat(java.util.Objects.requireNonNull(dev.caravan.kernel.Fault.in(refused))
                        .fieldErrors())
                .isEqualTo(java.util.Map.of("image", java.util.List.of("image could not be read")));
    }

    /** Every route of the service is run by a test above, by its message or by its failure. */
    @Test
    void runsTheseRoutes() {
        assertThat(service.getBean(CamelContext.class).getRoutes())
                .extracting(org.apache.camel.Route::getRouteId)
                .containsExactlyInAnyOrder(
                        "encode-receive",
                        "encode-receive-news",
                        "encode-dead-letter",
                        "encode-claim",
                        "encode-run",
                        "encode-video",
                        "encode-check-source",
                        "encode-take-thumbnail",
                        "encode-find-thumbnail",
                        "encode-fetch-thumbnail",
                        "encode-renew-thumbnails",
                        "encode-renew-thumbnail",
                        "encode-take-still",
                        "encode-make-still",
                        "encode-make-thumbnail",
                        "encode-make-portrait",
                        "encode-make-chosen-thumbnail",
                        "encode-make-own-thumbnail",
                        "encode-make-sent-thumbnail",
                        "encode-put-thumbnail",
                        "encode-fetch-part",
                        "encode-claim-downloads",
                        "encode-make-downloads",
                        "encode-plan-downloads",
                        "encode-make-download",
                        "encode-fetch-track",
                        "encode-join-part",
                        "encode-store-download",
                        "encode-fetch",
                        "encode-download",
                        "encode-produce",
                        "encode-plan",
                        "encode-make-storyboard",
                        "encode-render",
                        "encode-publish",
                        "encode-verify",
                        "encode-store",
                        "encode-store-file",
                        "encode-succeed",
                        "encode-classify-failure",
                        "encode-refuse",
                        "encode-fail",
                        "encode-release-lease",
                        "encode-recover",
                        "encode-renew-leases",
                        "encode-report-progress",
                        "measure-work",
                        "outbox-relay",
                        "encode-sweep",
                        "encode-remove-orphans",
                        "encode-grpc-endpoint",
                        "encode-find-running",
                        "encode-find-job",
                        "encode-find-encoding",
                        "encode-cancel",
                        "encode-reencode",
                        "encode-prioritize");
    }

    private void failingStep(String route, String step) throws Exception {
        failures.put(step, new AtomicInteger());
        before(service, route, step, exchange -> fail(step));
    }

    private void fail(String step) {
        if (failing(step).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new DataAccessResourceFailureException("The world is down at " + step);
        }
    }

    private AtomicInteger failing(String step) {
        return java.util.Objects.requireNonNull(failures.get(step));
    }

    private List<Integer> left(String... steps) {
        return Stream.of(steps).map(step -> failing(step).get()).toList();
    }

    private static Map<String, Object> headers(Map<String, Message> messages, String name) {
        return java.util.Objects.requireNonNull(messages.get(name))
                .getMessageProperties()
                .getHeaders();
    }

    private JsonNode encode(String id) {
        bus.send(QUEUE, Messages.uploaded(id, ""));
        return bus.outcome(id);
    }

    /** Names of what the first attempt at a video stored. */
    private List<String> files(String id) {
        return stored(id).stream().map(name -> name.substring("1/".length())).toList();
    }

    private GetObjectResponse head(String id, String name) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/1/" + name))
                .response();
    }

    private byte[] bytes(String id, String name) {
        try {
            return s3.getObjectAsBytes(
                            request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/1/" + name))
                    .asByteArray();
        } catch (S3Exception e) {
            throw new AssertionError("No " + name + " of " + id, e);
        }
    }

    private String text(String id, String name) {
        return new String(bytes(id, name), StandardCharsets.UTF_8);
    }

    private Path fetched(String id, String name) throws IOException {
        return clips.join(id + "-" + name, List.of(bytes(id, name)));
    }

    /** A rendition as a player puts it together. */
    private Path joined(String id, String representation) throws IOException {
        List<byte[]> parts = new ArrayList<>(List.of(bytes(id, "init-" + representation + ".mp4")));
        for (String name : files(id).stream().sorted().toList()) {
            if (name.startsWith("segment-" + representation + "-")) {
                parts.add(bytes(id, name));
            }
        }
        return clips.join(id + "-" + representation + ".mp4", parts);
    }

    private List<Double> keyframes(String id, String representation) {
        List<Double> times = new ArrayList<>();
        try {
            for (JsonNode packet : clips.probe(joined(id, representation), "packet=pts_time,flags")
                    .path("packets")) {
                if (packet.path("flags").asText().startsWith("K")) {
                    times.add(packet.path("pts_time").asDouble());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return times;
    }

    private JsonNode picture(String id) {
        try {
            return clips.probe(joined(id, "0"), "stream=pix_fmt,color_transfer,r_frame_rate")
                    .path("streams")
                    .get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sizes and sound of an encoded video, from its manifest. */
    private String sizes(String id) {
        JsonNode event = bus.outcome(id);
        assertThat(event.path("key").asText()).as("%s", event).isEqualTo("VideoEncodingCompleted");
        List<String> sizes = new ArrayList<>();
        event.path("data")
                .path("renditions")
                .forEach(rendition -> sizes.add(rendition.path("width").asInt() + "x"
                        + rendition.path("height").asInt()));
        String manifest = text(id, "master.mpd");
        boolean stereo = manifest.contains("audio_channel_configuration:2011\" value=\"2\"");
        return String.join(" ", sizes) + (stereo ? " 2 channel(s)" : " 1 stream(s)");
    }

    private String size(Path picture) {
        JsonNode stream =
                clips.probe(picture, "stream=width,height").path("streams").get(0);
        return stream.path("width").asInt() + "x" + stream.path("height").asInt();
    }

    private static String playlist(String uri) {
        return "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + uri + "\n#EXT-X-ENDLIST\n";
    }

    private static String body(Message message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }
}
