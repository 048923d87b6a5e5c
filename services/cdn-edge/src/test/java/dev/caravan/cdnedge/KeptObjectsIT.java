package dev.caravan.cdnedge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Objects that are kept, while the store's word holds that it has them: routes cdn-edge-object, cdn-edge-keep-object. */
@TestPropertySource(
        properties = {
            "cdn.cache.recheck-after=PT1H",
            "cdn.cache.size=1MB",
            // Camel keeps servlets by name for the whole virtual machine.
            "camel.component.servlet.servlet-name=kept",
            "camel.servlet.mapping.servlet-name=kept"
        })
class KeptObjectsIT extends EdgeServer {

    private static final int VIEWERS = 24;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CdnProperties properties;

    @Test
    void servesAHotObjectAlikeWithAndWithoutTheStore() {
        String path = "/encoded-videos/hot/seg-1.m4s";
        byte[] segment = stored(path, 90_000);
        var first = get(signed(path));
        String etag = header(first, "ETag");
        ORIGINS.whileS3IsDown(() -> {
            var hot = get(signed(path));
            assertThat(hot.statusCode()).isEqualTo(200);
            assertThat(hot.body()).isEqualTo(segment);
            assertThat(names(hot)).isEqualTo(names(first));
            for (String name : List.of("ETag", "Last-Modified", "Cache-Control", "Content-Type", "Content-Length")) {
                assertThat(header(hot, name)).as(name).isEqualTo(header(first, name));
            }
            var range = get(signed(path), "Range", "bytes=-100", "If-Range", etag);
            assertThat(range.statusCode()).isEqualTo(206);
            assertThat(range.body()).isEqualTo(Arrays.copyOfRange(segment, 89_900, 90_000));
            assertThat(header(range, "Content-Range")).isEqualTo("bytes 89900-89999/90000");
            assertThat(get(signed(path), "Range", "bytes=90000-").statusCode()).isEqualTo(416);
            assertThat(get(signed(path), "If-None-Match", etag).statusCode()).isEqualTo(304);
            var head = send("HEAD", signed(path));
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(header(head, "Content-Length")).isEqualTo("90000");
            assertThat(head.body()).isEmpty();
        });
    }

    @Test
    void letsNobodySeeAHotObjectWhoseSignatureDoesNotHold() {
        String path = "/encoded-videos/guarded/seg-1.m4s";
        stored(path, 1_000);
        assertThat(get(signed(path)).statusCode()).isEqualTo(200);
        String expired =
                SIGNER.canned(CDN + path, Instant.now().minusSeconds(1)).substring(CDN.length());
        String elsewhere = SIGNER.custom(CDN + path, request -> request.resourceUrlPattern(CDN + "/*")
                        .ipRange("203.0.113.0/24")
                        .expirationDate(inAnHour()))
                .substring(CDN.length());
        String other = path + signed("/encoded-videos/other/seg-1.m4s").replaceFirst("^[^?]*", "");
        for (String url : List.of(path, expired, elsewhere, other)) {
            for (String method : List.of("GET", "HEAD")) {
                assertThat(send(method, url).statusCode()).as(url).isEqualTo(403);
            }
            assertThat(get(url, "If-None-Match", "*").statusCode()).isEqualTo(403);
        }
        assertThat(get(signed(path)).statusCode()).isEqualTo(200);
    }

    @Test
    void asksTheStoreOnceForManyViewers() throws Exception {
        String path = "/encoded-videos/crowd/seg-1.m4s";
        byte[] segment = stored(path, 80_000);
        double before = fetches();
        ExecutorService viewers = Executors.newFixedThreadPool(VIEWERS);
        try {
            Callable<byte[]> view = () -> get(signed(path)).body();
            for (var seen :
                    viewers.invokeAll(Stream.generate(() -> view).limit(VIEWERS).toList())) {
                assertThat(seen.get(30, SECONDS)).isEqualTo(segment);
            }
        } finally {
            viewers.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(fetches() - before).isEqualTo(1));
    }

    @Test
    void passesAnObjectOnThatIsTooLargeToKeep() {
        String path = "/encoded-videos/large/seg-1.m4s";
        byte[] segment = stored(path, 200_000);
        assertThat(get(signed(path)).body()).isEqualTo(segment);
        assertThat(get(signed(path), "Range", "bytes=10-19").body()).isEqualTo(Arrays.copyOfRange(segment, 10, 20));
        delete(path);
        assertThat(get(signed(path)).statusCode()).isEqualTo(404);
    }

    @Test
    void passesAFileToDownloadOnWithItsNameAndKeepsNothingOfIt() {
        String path = "/encoded-videos/film/1/downloads/720p.mp4";
        String disposition = "attachment; filename=\"A walk 720p.mp4\"; filename*=UTF-8''A%20walk%20720p.mp4";
        byte[] file = storedToDownload(path, 50_000, disposition);

        var whole = get(signed(path));
        var part = get(signed(path), "Range", "bytes=40000-");

        assertThat(whole.body()).isEqualTo(file);
        assertThat(header(whole, "Content-Disposition")).isEqualTo(disposition);
        assertThat(header(whole, "Content-Type")).isEqualTo("video/mp4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 40_000, 50_000));
        assertThat(header(part, "Content-Disposition")).isEqualTo(disposition);
        ORIGINS.whileS3IsDown(() -> assertThat(get(signed(path)).statusCode()).isEqualTo(503));
    }

    /** Names of keys that a file system would take for other places. */
    @Test
    void keepsObjectsOfWhateverNameInItsFolder() throws Exception {
        for (String name : List.of("...", "-", "lock", "a..b", "~", "!'()@=,+", "x".repeat(200))) {
            String path = "/encoded-videos/" + name;
            byte[] object = stored(path, 100);
            assertThat(get(signed(path)).body()).isEqualTo(object);
        }
        try (Stream<Path> files = Files.walk(properties.cache().folder())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file ->
                                    properties.cache().folder().relativize(file).toString()))
                    .allMatch(name -> name.equals("lock") || name.matches("[0-9a-f]{64}-[0-9]+"));
        }
    }

    private static List<String> names(java.net.http.HttpResponse<?> answer) {
        return answer.headers().map().keySet().stream().sorted().toList();
    }

    private double fetches() {
        return meters.find("camel.exchanges.total").tag("routeId", "cdn-edge-keep-object").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
