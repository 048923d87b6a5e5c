package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.AmqpBroker;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.encode.media.DashManifest;
import dev.caravan.kernel.CaravanService;
import dev.caravan.proto.encode.EncodeServiceGrpc;
import dev.caravan.proto.encode.FindRunningRequest;
import dev.caravan.proto.encode.Job;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.amqp.core.Message;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The whole service between a real broker, a real object store and a real ffmpeg. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncodeIT {

    private static final String DEAD_LETTERS = "DeadLetters";

    /** Steps that fail: how often still. */
    private final Map<String, AtomicInteger> failures = new LinkedHashMap<>();

    private Servers servers;
    private Clips clips;
    private S3Client s3;
    private Bus bus;
    private ConfigurableApplicationContext service;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        servers = new Servers(folder);
        clips = new Clips(servers.ffmpeg(), Files.createDirectory(folder.resolve("clips")));
        s3 = servers.s3();
        bus = new Bus(servers.connect());
        service = start(servers.properties());
        failingSteps(
                "encode-check-source", "find-source",
                "encode-download", "get-source",
                "encode-store-file", "store-file",
                "encode-announce-completed", "announce-completed",
                "encode-announce-failed", "announce-failed",
                "encode-report-progress", "announce-progress");
    }

    @AfterAll
    void stop() {
        service.close();
        bus.close();
        clips.close();
        servers.close();
    }

    @AfterEach
    void leaveNothingBehind() {
        failures.values().forEach(left -> left.set(0));
        await().untilAsserted(() -> {
            try (Stream<Path> workers = Files.list(servers.workFolder())) {
                assertThat(workers.flatMap(EncodeIT::jobs)).isEmpty();
            }
        });
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
                                         "published_at": "2026-01-02T03:04:05Z", "user_id": 42,
                                         "height": 360, "width": 640, "duration": 9,
                                         "thumbnail": "encoded-videos/story/poster.jpg", "path": "encoded-videos/story",
                                         "hls": "master.m3u8", "renditions": [
                                          {"width": 640, "height": 360, "bitrate": 928000, "codecs": "avc1.42c01e,mp4a.40.2"},
                                          {"width": 426, "height": 240, "bitrate": 528000, "codecs": "avc1.42c015,mp4a.40.2"}]}
                                        """));
        assertThat(bus.progress("story")).startsWith(0).isSorted();
        assertThat(stored("story"))
                .containsExactlyInAnyOrder(
                        "encoding.json",
                        "init-0.mp4",
                        "init-1.mp4",
                        "init-2.mp4",
                        "master.m3u8",
                        "master.mpd",
                        "media_0.m3u8",
                        "media_1.m3u8",
                        "media_2.m3u8",
                        "poster.jpg",
                        "segment-0-00001.m4s",
                        "segment-0-00002.m4s",
                        "segment-0-00003.m4s",
                        "segment-1-00001.m4s",
                        "segment-1-00002.m4s",
                        "segment-1-00003.m4s",
                        "segment-2-00001.m4s",
                        "segment-2-00002.m4s",
                        "segment-2-00003.m4s");
        assertThat(head("story", "segment-0-00001.m4s").contentType()).isEqualTo("video/iso.segment");
        assertThat(head("story", "segment-0-00001.m4s").cacheControl()).contains("immutable");
        assertThat(head("story", "master.mpd").contentType()).isEqualTo("application/dash+xml");
        assertThat(head("story", "master.m3u8").contentType()).isEqualTo("application/vnd.apple.mpegurl");
        assertThat(keyframes("story", 0)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0);
        assertThat(keyframes("story", 1)).isEqualTo(keyframes("story", 0));
        assertThat(text("story", "master.m3u8")).contains("media_0.m3u8", "RESOLUTION=640x360", "AUDIO=");
        assertThat(text("story", "media_0.m3u8"))
                .contains("#EXT-X-MAP:URI=\"init-0.mp4\"", "segment-0-00003.m4s", "#EXT-X-ENDLIST");
        assertThat(DashManifest.read(fetched("story", "master.mpd")).seconds()).isEqualTo(9.0);
        assertThat(size(fetched("story", "poster.jpg"))).isEqualTo("640x360");
        assertThat(clips.probe(joined("story", 0), "format_tags").toString()).doesNotContain("secret");
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
            bus.send(Bus.ENCODE_QUEUE, Bus.uploaded(id, ""));
        });
        upload("rotated", clips.rotate(clips.make("-f lavfi -i testsrc2=s=320x240:r=25:d=1" + x264 + "rotated.mp4")));
        bus.send(Bus.ENCODE_QUEUE, Bus.uploaded("rotated", ""));

        assertThat(sizes("silent")).isEqualTo("320x240 1 stream(s)");
        assertThat(sizes("mono")).isEqualTo("256x144 2 channel(s)");
        assertThat(sizes("surround")).isEqualTo("256x144 2 channel(s)");
        assertThat(sizes("long-sound")).isEqualTo("256x144 2 channel(s)");
        assertThat(DashManifest.read(fetched("long-sound", "master.mpd")).seconds())
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
        assertThat(keyframes("slow", 0)).containsExactly(0.0, 2.0, 4.0);
        assertThat(keyframes("odd", 0)).containsExactly(0.0);
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
        sources.put("cut-front", clips.cut(fast, 0.6));
        sources.put("cut-mkv", clips.cut(mkv, 0.4));
        sources.put("flipped", clips.flipBits(good));
        sources.put("sound", clips.make("-f lavfi -i sine=d=1 -c:a aac sound.mp4"));
        sources.put("large", Files.write(clips.text("large", ""), new byte[11 << 20]));
        sources.put(
                "long", clips.make("-f lavfi -i testsrc2=s=16x16:r=1:d=400 -c:v libx264 -preset ultrafast long.mp4"));
        sources.put("good", good);
        sources.forEach((id, file) -> {
            upload(id, file);
            bus.send(Bus.ENCODE_QUEUE, Bus.uploaded(id, ""));
        });
        bus.send(Bus.ENCODE_QUEUE, Bus.uploaded("nowhere", ""));

        Map<String, String> reasons = new LinkedHashMap<>();
        sources.keySet()
                .forEach(id -> reasons.put(
                        id, bus.outcome(id).path("data").path("reason").asText()));
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
                        Map.entry("cut-front", "TRUNCATED"),
                        Map.entry("cut-mkv", "TRUNCATED"),
                        Map.entry("flipped", "DAMAGED"),
                        Map.entry("sound", "NO_PICTURE"),
                        Map.entry("large", "TOO_LARGE"),
                        Map.entry("long", "TOO_LONG"),
                        Map.entry("good", ""));
        assertThat(missing.path("data")).isEqualTo(new ObjectMapper().readTree("""
                                        {"original_id": "nowhere", "title": "A title", "description": "Ünïcode",
                                         "published_at": "2026-01-02T03:04:05Z", "user_id": 42, "reason": "MISSING",
                                         "failure": "The uploaded file was not found."}
                                        """));
        assertThat(stored("cut-front")).isEmpty();
        assertThat(stored("flipped")).isEmpty();
    }

    @Test
    void answersASecondDeliveryWithTheResultOfTheFirst() {
        upload("twice", small());
        JsonNode first = encode("twice");
        S3Object manifest = object("twice", "master.mpd");

        JsonNode second = encode("twice");

        assertThat(second).isEqualTo(first);
        assertThat(object("twice", "master.mpd")).isEqualTo(manifest);
    }

    @Test
    void encodesAgainWhenAnotherFileWasUploaded() {
        upload("again", small());
        encode("again");

        upload("again", clips.make("-f lavfi -i testsrc2=s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4"));

        assertThat(encode("again").path("data").path("width").asInt()).isEqualTo(128);
    }

    @Test
    void takesNoPosterWhenTheOwnerSentAPicture() {
        upload("pictured", small());
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key("thumbnails/none-pictured"), RequestBody.fromString("x"));

        JsonNode event = encode("pictured");

        assertThat(event.path("data").path("thumbnail").asText()).isEqualTo("thumbnails/none-pictured");
        assertThat(stored("pictured")).doesNotContain("poster.jpg").contains("master.mpd");
    }

    @Test
    void putsAMessageThatSaysNothingAsideAndGoesOn() {
        bus.send(Bus.ENCODE_QUEUE, "no json");
        bus.send(Bus.ENCODE_QUEUE, "{\"key\": \"Unknown\", \"data\": {}}");
        bus.send(Bus.ENCODE_QUEUE, "");
        upload("after-garbage", small());

        assertThat(encode("after-garbage").path("key").asText()).isEqualTo("VideoEncodingCompleted");
        assertThat(body(bus.next(DEAD_LETTERS))).isEqualTo("no json");
        Message unknown = bus.next(DEAD_LETTERS);
        assertThat(body(unknown)).contains("Unknown");
        assertThat(unknown.getMessageProperties().getHeaders())
                .containsEntry("x-failure", "its key is \"Unknown\", not EncodeUploadedVideo");
        assertThat(body(bus.next(DEAD_LETTERS))).isEmpty();
        await().until(() -> bus.isEmpty(Bus.ENCODE_QUEUE));
    }

    @Test
    void repeatsWhatTheWorldFailsAt() {
        upload("patient", small());
        failures.values().forEach(left -> left.set(2));

        assertThat(encode("patient").path("key").asText()).isEqualTo("VideoEncodingCompleted");
        assertThat(left("find-source", "get-source", "store-file", "announce-completed"))
                .containsOnly(0);
    }

    @Test
    void givesUpAfterAWhileSaysSoAndKeepsTheMessage() {
        upload("unlucky", small());
        failing("store-file").set(1000);
        failing("announce-failed").set(2);

        JsonNode event = encode("unlucky");

        assertThat(event.path("key").asText()).isEqualTo("VideoEncodingFailed");
        assertThat(event.path("data").path("reason").asText()).isEqualTo("SERVICE_FAULT");
        assertThat(event.path("data").path("failure").asText()).contains("fault in the platform");
        // Four parallel uploads at most, each tried four times: nothing repeats the repetition.
        assertThat(1000 - failing("store-file").get()).isBetween(4, 16);
        Message kept = bus.next(DEAD_LETTERS);
        assertThat(body(kept)).contains("\"unlucky\"");
        assertThat(kept.getMessageProperties().getHeaders()).containsKey("x-failure");
        assertThat(stored("unlucky")).doesNotContain("master.mpd");
    }

    @Test
    void endsAtOnceWhenStoppedAndLeavesTheVideoToTheNext() throws Exception {
        upload(
                "heavy",
                clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=40 -c:v libx264 -preset ultrafast heavy.mp4"));
        Map<String, String> properties = servers.properties();
        properties.put("amqp.encode-queue", "StopTest");
        properties.put("encode.style.preset", "veryslow");
        try (ConfigurableApplicationContext first = start(properties)) {
            bus.send("StopTest", Bus.uploaded("heavy", ""));
            ManagedChannel channel = ManagedChannelBuilder.forAddress(
                            "127.0.0.1", Integer.parseInt(properties.get("encode.port")))
                    .usePlaintext()
                    .build();
            try {
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(running(channel))
                        .singleElement()
                        .satisfies(job -> {
                            assertThat(job.getVideoId()).isEqualTo("heavy");
                            assertThat(job.getProgress()).isPositive();
                        }));
            } finally {
                channel.shutdownNow();
            }

            long start = System.nanoTime();
            first.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }

        assertThat(ProcessHandle.current().descendants()).isEmpty();
        properties.put("encode.style.preset", "ultrafast");
        try (ConfigurableApplicationContext second = start(properties)) {
            assertThat(second.isActive()).isTrue();
            assertThat(bus.outcome("heavy").path("key").asText()).isEqualTo("VideoEncodingCompleted");
        }
    }

    /** As also when a broker gives up waiting for the acknowledgement of an encoding of hours. */
    @Test
    void losesNothingWhenTheBrokerLosesTheDelivery(@TempDir Path folder) {
        upload(
                "patient-worker",
                clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=5 -c:v libx264 -preset ultrafast p.mp4"));
        AmqpBroker broker = AmqpBroker.start(folder, 0);
        int port = broker.port();
        Map<String, String> properties = servers.properties();
        properties.put("spring.rabbitmq.port", Integer.toString(port));
        properties.put("spring.rabbitmq.password", broker.password());
        properties.put("encode.style.preset", "veryslow");
        properties.put("encode.retries", "10");
        properties.put("encode.retry-delay", "500");
        try (Bus own = new Bus(Servers.connect(broker));
                ConfigurableApplicationContext worker = start(properties)) {
            own.send(Bus.ENCODE_QUEUE, Bus.uploaded("patient-worker", ""));
            await().until(() -> !worker.getBean(RunningJobs.class).all().isEmpty());

            broker.close();
            broker = AmqpBroker.start(folder, port);

            JsonNode first = own.outcome("patient-worker");
            assertThat(first.path("key").asText()).isEqualTo("VideoEncodingCompleted");
            // The message comes again, and is answered with what is there.
            assertThat(own.outcome("patient-worker")).isEqualTo(first);
            await().until(() -> own.isEmpty(Bus.ENCODE_QUEUE));
            assertThat(worker.getBean(MeterRegistry.class)
                            .summary("encode.speed")
                            .count())
                    .isEqualTo(1);
        } finally {
            broker.close();
        }
    }

    @Test
    void endsAnEncodingThatTakesTooLong() {
        upload(
                "endless",
                clips.make("-f lavfi -i testsrc2=s=640x360:r=25:d=30 -c:v libx264 -preset ultrafast long.mp4"));
        Map<String, String> properties = servers.properties();
        properties.put("amqp.encode-queue", "TimeoutTest");
        properties.put("encode.style.preset", "veryslow");
        properties.put("encode.timeout", "500ms");
        try (ConfigurableApplicationContext impatient = start(properties)) {
            bus.send("TimeoutTest", Bus.uploaded("endless", ""));

            assertThat(bus.outcome("endless").path("data").path("reason").asText())
                    .isEqualTo("TOO_SLOW");
            assertThat(impatient.getBean(FfmpegHealth.class).health().getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void blamesNoVideoForAMissingFfmpeg() {
        upload("innocent", small());
        Map<String, String> properties = servers.properties();
        properties.put("amqp.encode-queue", "MissingTest");
        properties.put("encode.ffmpeg", "/no/such/ffmpeg");
        try (ConfigurableApplicationContext poor = start(properties)) {
            assertThat(poor.getBean(FfmpegHealth.class).health().getStatus()).isEqualTo(Status.DOWN);
            bus.send("MissingTest", Bus.uploaded("innocent", ""));

            assertThat(bus.outcome("innocent").path("data").path("reason").asText())
                    .isEqualTo("SERVICE_FAULT");
            assertThat(body(bus.next(DEAD_LETTERS))).contains("innocent");
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

    /** Every route of the service is run by a test above, by its message or by its failure. */
    @Test
    void runsTheseRoutes() {
        assertThat(service.getBean(CamelContext.class).getRoutes())
                .extracting(org.apache.camel.Route::getRouteId)
                .containsExactlyInAnyOrder(
                        "encode-receive",
                        "encode-video",
                        "encode-check-source",
                        "encode-check-thumbnail",
                        "encode-find-finished",
                        "encode-produce",
                        "encode-download",
                        "encode-store",
                        "encode-store-file",
                        "encode-announce-completed",
                        "encode-report-progress",
                        "encode-refuse",
                        "encode-give-up",
                        "encode-announce-failed",
                        "encode-dead-letter",
                        "encode-door",
                        "encode-find-running");
    }

    private static ConfigurableApplicationContext start(Map<String, String> properties) {
        return CaravanService.builder(EncodeApplication.class, "encode")
                .run(properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    private void failingSteps(String... routesAndSteps) throws Exception {
        CamelContext camel = service.getBean(CamelContext.class);
        for (int i = 0; i < routesAndSteps.length; i += 2) {
            String step = routesAndSteps[i + 1];
            failures.put(step, new AtomicInteger());
            AdviceWith.adviceWith(camel, routesAndSteps[i], advice -> advice.weaveById(step)
                    .before()
                    .process(exchange -> {
                        if (failing(step).getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new IOException("The world is down at " + step);
                        }
                    }));
            // The supervising controller starts what it started itself.
            camel.getRouteController().startRoute(routesAndSteps[i]);
        }
    }

    private AtomicInteger failing(String step) {
        return java.util.Objects.requireNonNull(failures.get(step));
    }

    private List<Integer> left(String... steps) {
        return Stream.of(steps).map(step -> failing(step).get()).toList();
    }

    private static List<Job> running(ManagedChannel channel) {
        return EncodeServiceGrpc.newBlockingStub(channel)
                .findRunning(FindRunningRequest.getDefaultInstance())
                .getData()
                .getJobsList();
    }

    private Path small() {
        return clips.make("-f lavfi -i testsrc2=s=256x144:r=25:d=1 -c:v libx264 -preset ultrafast small.mp4");
    }

    private void upload(String id, Path file) {
        s3.putObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id), file);
    }

    private JsonNode encode(String id) {
        bus.send(Bus.ENCODE_QUEUE, Bus.uploaded(id, ""));
        return bus.outcome(id);
    }

    private List<String> stored(String id) {
        String prefix = "encoded-videos/" + id + "/";
        return s3.listObjectsV2(request -> request.bucket(Servers.BUCKET).prefix(prefix)).contents().stream()
                .map(object -> object.key().substring(prefix.length()))
                .toList();
    }

    private S3Object object(String id, String name) {
        return s3.listObjectsV2(request -> request.bucket(Servers.BUCKET).prefix("encoded-videos/" + id + "/" + name))
                .contents()
                .get(0);
    }

    private GetObjectResponse head(String id, String name) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/" + name))
                .response();
    }

    private byte[] bytes(String id, String name) {
        try {
            return s3.getObjectAsBytes(
                            request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/" + name))
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
    private Path joined(String id, int representation) throws IOException {
        List<byte[]> parts = new ArrayList<>(List.of(bytes(id, "init-" + representation + ".mp4")));
        for (String name : stored(id).stream().sorted().toList()) {
            if (name.startsWith("segment-" + representation + "-")) {
                parts.add(bytes(id, name));
            }
        }
        return clips.join(id + "-" + representation + ".mp4", parts);
    }

    private List<Double> keyframes(String id, int representation) {
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
            return clips.probe(joined(id, 0), "stream=pix_fmt,color_transfer,r_frame_rate")
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

    private static Stream<Path> jobs(Path worker) {
        try {
            return Files.list(worker)
                    .filter(file -> file.getFileName().toString().startsWith("job-"));
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
