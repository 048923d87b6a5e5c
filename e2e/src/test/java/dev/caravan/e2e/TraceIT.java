package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one request leads to, until the video is ready, is one trace, and its lines in the log are found by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Random RANDOM = new Random();

    private TracedPlatform traced;
    private final Set<String> uploads = new HashSet<>();
    private PlatformProcess platform;
    private Client ann;

    @BeforeAll
    void startATracedPlatform() throws Exception {
        traced = new TracedPlatform("traced");
        platform = traced.platform;
        ann = Client.registered(platform);
    }

    @AfterAll
    void end() {
        if (traced != null) {
            traced.close();
        }
    }

    @Test
    void leadsFromTheWebhookToTheReadyVideo() {
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), Clips.video(platform, 2, "320x180"));
        Origin origin = new Origin();

        Client.Answer answer = Client.send(request(origin, "/videos/upload/webhook")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.createObjectNode()
                        .put("video_id", presigned.path("video_id").asText())
                        .put("thumbnail_id", presigned.path("thumbnail_id").asText())
                        .put("title", "Traced webhook")
                        .put("description", "All the way.")
                        .toString()))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        ann.await("Traced webhook", "ready");
        assertIsOneTreeToReady(origin);
        assertLinesAreFoundBy(
                answer.response().headers().firstValue("x-request-id").orElseThrow(),
                origin.trace,
                presigned.path("video_id").asText());
    }

    @Test
    void leadsFromAnUploadInOneRequestToTheReadyVideo() {
        Origin origin = new Origin();

        Client.Answer answer =
                Client.send(request(origin, "/videos/upload?title=Traced%20upload&description=All%20the%20way.")
                        .header("Content-Type", "video/mp4")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Clips.video(platform, 2, "320x180")))
                        .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        ann.await("Traced upload", "ready");
        assertIsOneTreeToReady(origin);
    }

    private HttpRequest.Builder request(Origin origin, String path) {
        return HttpRequest.newBuilder(URI.create(platform.url() + path))
                .header("Authorization", "Bearer " + ann.token())
                .header("traceparent", "00-" + origin.trace + "-" + origin.span + "-01");
    }

    private void assertIsOneTreeToReady(Origin origin) {
        uploads.add(origin.trace);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<OtlpReceiver.Seen> spans = traced.receiver.trace(origin.trace);
            Map<String, OtlpReceiver.Seen> byId =
                    spans.stream().collect(Collectors.toMap(OtlpReceiver.Seen::id, span -> span));
            assertThat(spans)
                    .as("every span is below another, the first one below the client's")
                    .allMatch(span -> span.parent().equals(origin.span) || byId.containsKey(span.parent()))
                    .filteredOn(span -> span.parent().equals(origin.span))
                    .hasSize(1);
            assertThat(path(spans, byId, "ffmpeg")).startsWith("api-gateway").contains("upload", "encode");
            assertThat(path(spans, byId, "ffprobe")).contains("encode");
            assertThat(path(spans, byId, "S3 GetObject")).startsWith("api-gateway");
            assertThat(path(spans, byId, "S3 PutObject")).contains("encode");
            assertThat(path(spans, byId, "video-catalog-record-event"))
                    .as("the news that it can be played%s", tree(spans))
                    .containsExactly("api-gateway", "upload", "encode", "video-catalog");
            assertThat(services(spans)).contains("authentication", "user");
            for (String name : List.of("ffmpeg", "video-catalog-record-event")) {
                assertThat(traced.receiver.tracesWith(name))
                        .as("an upload is one trace, so there are no more than uploads")
                        .isSubsetOf(uploads);
            }
        });
    }

    /** The services from the first span to the last one of a name. */
    private static List<String> path(List<OtlpReceiver.Seen> spans, Map<String, OtlpReceiver.Seen> byId, String name) {
        OtlpReceiver.Seen last = spans.stream()
                .filter(span -> span.name().equals(name))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + name + " in " + tree(spans)));
        Deque<String> path = new ArrayDeque<>();
        for (OtlpReceiver.Seen span = last; span != null; span = byId.get(span.parent())) {
            if (!span.service().equals(path.peekFirst())) {
                path.push(span.service());
            }
        }
        return List.copyOf(path);
    }

    private static List<String> services(List<OtlpReceiver.Seen> spans) {
        return spans.stream().map(OtlpReceiver.Seen::service).distinct().toList();
    }

    private static String tree(List<OtlpReceiver.Seen> spans) {
        Map<String, Integer> depth = new HashMap<>();
        StringBuilder tree = new StringBuilder();
        for (OtlpReceiver.Seen span : spans) {
            int level = depth.getOrDefault(span.parent(), -1) + 1;
            depth.put(span.id(), level);
            tree.append("\n").append("  ".repeat(level)).append(span);
        }
        return tree.toString();
    }

    private void assertLinesAreFoundBy(String request, String trace, String video) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            List<JsonNode> lines = lines();
            assertThat(lines)
                    .as("lines of the video, in the services that dealt with it")
                    .filteredOn(line -> line.path("video").asText().equals(video))
                    .isNotEmpty()
                    .allSatisfy(line -> {
                        assertThat(line.path("trace").asText())
                                .as(line.toString())
                                .isEqualTo(trace);
                        assertThat(line.path("request").asText())
                                .as(line.toString())
                                .isEqualTo(request);
                        assertThat(line.path("route").asText()).isNotEmpty();
                        assertThat(line.path("exchange").asText()).isNotEmpty();
                    });
            assertThat(lines)
                    .anyMatch(line -> line.path("request").asText().equals(request)
                            && line.path("service").asText().equals("encode"));
        });
    }

    private List<JsonNode> lines() {
        try {
            return Files.readAllLines(platform.data.resolve("logs/caravan.log.json")).stream()
                    .map(TraceIT::json)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    /** Where a client says that a trace begins. */
    private static final class Origin {

        private final String trace = hex(16);
        private final String span = hex(8);

        private static String hex(int length) {
            byte[] bytes = new byte[length];
            RANDOM.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }
    }
}
