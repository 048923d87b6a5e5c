package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is long and text travels compressed, for whoever takes it. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class CompressionTest {

    private static final StubServices SERVICES = new StubServices();

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/mesh/services", "/", "/assets/app.js", "/assets/style.css", "/openapi.yaml", "/docs/index.html"
            })
    void compressesWhatIsLong(String path) throws Exception {
        HttpResponse<byte[]> plain = send("GET", path, "identity");
        HttpResponse<byte[]> compressed = send("GET", path, "br;q=1, gzip;q=0.5");
        HttpResponse<byte[]> head = send("HEAD", path, "br;q=1, gzip;q=0.5");

        if (plain.body().length < 1024) {
            assertThat(compressed.headers().firstValue("content-encoding")).isEmpty();
            return;
        }
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(plain.headers().allValues("vary")).anyMatch(vary -> vary.contains("accept-encoding"));
        for (HttpResponse<byte[]> answer : List.of(compressed, head)) {
            assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(answer.headers().allValues("vary")).anyMatch(vary -> vary.contains("accept-encoding"));
            assertThat(answer.headers().firstValue("content-type"))
                    .isEqualTo(plain.headers().firstValue("content-type"));
            assertThat(answer.headers().firstValue("content-length")).isEmpty();
        }
        assertThat(compressed.body().length).isLessThan(plain.body().length);
        // The map counts itself.
        assertThat(unpacked(compressed.body()))
                .startsWith(Arrays.copyOf(plain.body(), path.equals("/mesh/services") ? 20 : plain.body().length));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void leavesWhatIsShortAsItIs() throws Exception {
        for (String path : List.of("/videos", "/videos/0", "/nothing/here")) {
            HttpResponse<byte[]> answer = send("GET", path, "gzip");

            assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
            assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(answer.body().length);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip;q=0", "br", "*;q=0"})
    void compressesForNobodyWhoDoesNotTakeIt(String accepted) throws Exception {
        assertThat(send("GET", "/openapi.yaml", accepted).headers().firstValue("content-encoding"))
                .isEmpty();
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return input.readAllBytes();
        }
    }

    private HttpResponse<byte[]> send(String method, String path, String accepted) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Accept-Encoding", accepted)
                        .header("Authorization", "Bearer admin")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
