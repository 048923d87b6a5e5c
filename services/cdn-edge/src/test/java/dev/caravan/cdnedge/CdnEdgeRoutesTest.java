package dev.caravan.cdnedge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.cdnedge.signature.TestSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** The edge before an object store that misbehaves, which stands in for the step get-object of cdn-edge-pass-object. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = CdnEdgeApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,cdn-edge",
            "spring.application.name=cdn-edge",
            "management.server.port=0",
            "cdn.cache.size=0",
            "camel.component.direct.timeout=100",
            "s3.access-key=caravan",
            "s3.secret-key=caravan-secret"
        })
class CdnEdgeRoutesTest {

    private static final TestSigner SIGNER = TestSigner.create("caravan", "EC");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long GIBIBYTE = 1L << 30;

    @LocalServerPort
    private int port;

    @Autowired
    private CamelContext camel;

    private static volatile Processor store = exchange -> {};

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("cdn.public-key", () -> SIGNER.writePublicKey(Path.of("target", "routes-test-key.pem"))
                .toString());
    }

    @BeforeEach
    void replaceTheStore() throws Exception {
        if (camel.isStarted()) {
            return;
        }
        AdviceWith.adviceWith(camel, "cdn-edge-pass-object", route -> {
            route.weaveById("get-object").replace().process(exchange -> store.process(exchange));
            route.weaveById("get-whole-object").replace().process(exchange -> store.process(exchange));
        });
        camel.start();
        awaitRoute("cdn-edge-http-endpoint");
        awaitRoute("cdn-edge-pass-object");
    }

    @Test
    void asksTheStoreForTheKeyAndTheRange() throws Exception {
        store = exchange -> {
            GetObjectRequest request = exchange.getMessage().getBody(GetObjectRequest.class);
            assertThat(request.bucket()).isEqualTo("caravan");
            assertThat(request.key()).isEqualTo("encoded-videos/v1/seg-1.m4s");
            assertThat(request.range()).isEqualTo("bytes=0-9");
            exchange.getMessage().setBody(new SyntheticObject(10).response());
        };
        assertThat(get("Range", "bytes=0-9").body()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"403, 403", "404, 404", "416, 416", "500, 503", "503, 503", "301, 503"})
    void tellsTheStoresRefusalsWithoutItsWords(int said, int answered) throws Exception {
        store = exchange -> {
            throw S3Exception.builder().statusCode(said).message("inner words").build();
        };
        var answer = get();
        assertThat(answer.statusCode()).isEqualTo(answered);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("inner words");
    }

    @Test
    void hidesWhatItDidNotExpect() throws Exception {
        store = exchange -> {
            throw new IllegalStateException("inner words");
        };
        var answer = get();
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("inner words");
    }

    @Test
    void says503WhileARouteWaitsForItsOrigin() throws Exception {
        camel.getRouteController().stopRoute("cdn-edge-pass-object");
        try {
            assertThat(get().statusCode()).isEqualTo(503);
        } finally {
            camel.getRouteController().startRoute("cdn-edge-pass-object");
        }
    }

    @Test
    void cutsTheConnectionWhenTheStoreBreaksOff() {
        store = exchange -> exchange.getMessage()
                .setBody(new SyntheticObject(GIBIBYTE).failingAfter(1 << 20).response());
        assertThatThrownBy(this::get).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void cutsTheConnectionWhenTheStoreSendsTooLittle() {
        store = exchange -> exchange.getMessage()
                .setBody(new SyntheticObject(GIBIBYTE).endingAfter(1 << 20).response());
        assertThatThrownBy(this::get).isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void givesTheObjectUpWhenTheViewerLeaves() throws Exception {
        SyntheticObject object = new SyntheticObject(GIBIBYTE);
        store = exchange -> exchange.getMessage().setBody(object.response());
        try (Socket viewer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            viewer.getOutputStream()
                    .write(("GET " + url().getRawPath() + "?" + url().getRawQuery() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(viewer.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        await().atMost(Duration.ofSeconds(10)).until(object::isAborted);
        assertThat(object.sent()).isLessThan(GIBIBYTE / 10);
    }

    @Test
    void givesTheObjectUpWhenOnlyHeadersAreAskedFor() throws Exception {
        SyntheticObject object = new SyntheticObject(GIBIBYTE);
        store = exchange -> exchange.getMessage().setBody(object.response());
        var head = HTTP.send(
                HttpRequest.newBuilder(url())
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(GIBIBYTE);
        assertThat(object.isAborted()).isTrue();
        assertThat(object.sent()).isZero();
    }

    /** The tests' heap is smaller than the object. */
    @Test
    void passesAnObjectThatIsLargerThanTheHeap() throws Exception {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(GIBIBYTE);
        SyntheticObject object = new SyntheticObject(GIBIBYTE);
        store = exchange -> exchange.getMessage().setBody(object.response());
        long[] length = new long[1];
        HTTP.send(
                HttpRequest.newBuilder(url()).build(),
                BodyHandlers.ofByteArrayConsumer(
                        bytes -> length[0] += bytes.map(part -> part.length).orElse(0)));
        assertThat(length[0]).isEqualTo(GIBIBYTE);
        assertThat(object.isAborted()).isFalse();
    }

    private HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url()).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private URI url() {
        String signed = SIGNER.canned(
                "http://127.0.0.1:4001/encoded-videos/v1/seg-1.m4s",
                Instant.now().plusSeconds(60));
        return URI.create(signed.replace(":4001", ":" + port));
    }

    private void awaitRoute(String id) {
        await().until(() -> camel.getRouteController().getRouteStatus(id) == ServiceStatus.Started);
    }
}
