package dev.caravan.cdnedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cdnedge.signature.TestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is kept of an object store that misbehaves, which stands in for the step get-object-to-keep of cdn-edge-keep-object. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = CdnEdgeApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,cdn-edge",
            "spring.application.name=cdn-edge",
            "management.server.port=0",
            "cdn.cache.folder=target/edge-cache/${random.uuid}",
            "cdn.cache.size=8MB",
            "cdn.cache.recheck-after=PT1H",
            "s3.access-key=caravan",
            "s3.secret-key=caravan-secret",
            "camel.component.servlet.servlet-name=keeping",
            "camel.servlet.mapping.servlet-name=keeping"
        })
class KeepingRoutesTest {

    private static final TestSigner SIGNER = TestSigner.create("caravan", "EC");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int VIEWERS = 8;

    @LocalServerPort
    private int port;

    @Autowired
    private CamelContext camel;

    @Autowired
    private CdnProperties properties;

    private static final AtomicInteger OBJECT = new AtomicInteger();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static volatile Processor store = exchange -> {};

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("cdn.public-key", () -> SIGNER.writePublicKey(Path.of("target", "keeping-test-key.pem"))
                .toString());
    }

    @BeforeEach
    void replaceTheStore() throws Exception {
        OBJECT.incrementAndGet();
        ASKED.set(0);
        if (camel.isStarted()) {
            return;
        }
        AdviceWith.adviceWith(camel, "cdn-edge-keep-object", route -> route.weaveById("get-object-to-keep")
                .replace()
                .process(exchange -> {
                    ASKED.incrementAndGet();
                    store.process(exchange);
                }));
        camel.start();
        await().until(() -> camel.getRouteController().getRouteStatus("cdn-edge-http-endpoint") == ServiceStatus.Started
                && camel.getRouteController().getRouteStatus("cdn-edge-keep-object") == ServiceStatus.Started);
    }

    @Test
    void asksOnceForTheWholeObjectOfWhichPartsAreWanted() throws Exception {
        store = exchange -> {
            GetObjectRequest request = exchange.getMessage().getBody(GetObjectRequest.class);
            assertThat(request.bucket()).isEqualTo("caravan");
            assertThat(request.key()).isEqualTo("encoded-videos/v1/seg-" + OBJECT.get() + ".m4s");
            assertThat(request.range()).isNull();
            assertThat(request.ifMatch()).isNull();
            assertThat(request.ifNoneMatch()).isNull();
            exchange.getMessage().setBody(new SyntheticObject(1000).response());
        };
        assertThat(get("Range", "bytes=0-9").body()).hasSize(10);
        assertThat(get("Range", "bytes=990-").body()).hasSize(10);
        assertThat(get().body()).hasSize(1000);
        assertThat(ASKED).hasValue(1);
    }

    @Test
    void hasViewersWhoComeMeanwhileWaitForOneAnswer() throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        store = exchange -> {
            others.await(20, TimeUnit.SECONDS);
            exchange.getMessage().setBody(new SyntheticObject(1000).response());
        };
        List<CompletableFuture<HttpResponse<byte[]>>> viewers = viewers();
        await().until(() -> camel.getInflightRepository().size("cdn-edge-object") == VIEWERS);
        others.countDown();
        for (var viewer : viewers) {
            assertThat(viewer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(viewer.get().body()).hasSize(1000);
        }
        assertThat(ASKED).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"403, 403", "404, 404", "500, 503", "503, 503"})
    void tellsAllWhoWaitThatItFailedAndAsksAnewForTheNext(int said, int answered) throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        store = exchange -> {
            others.await(20, TimeUnit.SECONDS);
            throw S3Exception.builder().statusCode(said).message("inner words").build();
        };
        List<CompletableFuture<HttpResponse<byte[]>>> viewers = viewers();
        await().until(() -> camel.getInflightRepository().size("cdn-edge-object") == VIEWERS);
        others.countDown();
        for (var viewer : viewers) {
            assertThat(viewer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(answered);
        }
        assertThat(ASKED).hasValue(1);
        store = exchange -> exchange.getMessage().setBody(new SyntheticObject(1000).response());
        assertThat(get().body()).hasSize(1000);
        assertThat(ASKED).hasValue(2);
    }

    @Test
    void neverServesNorKeepsWhatTheStoreBreaksOff() throws Exception {
        SyntheticObject reset = new SyntheticObject(900_000).failingAfter(300_000);
        store = exchange -> exchange.getMessage().setBody(reset.response());
        assertThat(get().statusCode()).isEqualTo(503);
        SyntheticObject tooLittle = new SyntheticObject(900_000).endingAfter(300_000);
        store = exchange -> exchange.getMessage().setBody(tooLittle.response());
        assertThat(get().statusCode()).isEqualTo(503);
        assertThat(tooLittle.isAborted()).isTrue();
        try (Stream<Path> files = Files.list(properties.cache().folder())) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
        store = exchange -> exchange.getMessage().setBody(new SyntheticObject(900_000).response());
        assertThat(get().body()).hasSize(900_000);
    }

    @Test
    void hasHeadersAloneOfAnObjectThatItKeeps() throws Exception {
        store = exchange -> exchange.getMessage().setBody(new SyntheticObject(1000).response());
        var head = HTTP.send(
                HttpRequest.newBuilder(url())
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(1000);
        assertThat(head.body()).isEmpty();
        assertThat(get().body()).hasSize(1000);
        assertThat(ASKED).hasValue(1);
    }

    private List<CompletableFuture<HttpResponse<byte[]>>> viewers() {
        return Stream.generate(() -> HTTP.sendAsync(
                        HttpRequest.newBuilder(url())
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofByteArray()))
                .limit(VIEWERS)
                .toList();
    }

    private HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url()).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Another object for each test. */
    private URI url() {
        String signed = SIGNER.canned(
                "http://127.0.0.1:4001/encoded-videos/v1/seg-" + OBJECT.get() + ".m4s",
                Instant.now().plusSeconds(60));
        return URI.create(signed.replace(":4001", ":" + port));
    }
}
