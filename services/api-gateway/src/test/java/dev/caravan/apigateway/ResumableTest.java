package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** tus 1.0 passes the gateway as it is: what of it the upload service is told, and what of the answer the client. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
class ResumableTest {

    private static final StubServices SERVICES = new StubServices();
    private static final String ID = UUID.randomUUID().toString();
    private static final String PATH = "/videos/upload/tus";

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Autowired
    private CamelContext camel;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void recordWhatIsForwarded() {
        SERVICES.reset();
        SERVICES.answerHttp(exchange -> {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> seen.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            seen.put("uri", exchange.getRequestURI().toString());
            seen.put("method", exchange.getRequestMethod());
            bytes.set(exchange.getRequestBody().readAllBytes().length);
            new TreeMap<>(Map.of(
                            "Location",
                            PATH + "/" + ID,
                            "Tus-Resumable",
                            "1.0.0",
                            "Upload-Offset",
                            "5",
                            "Upload-Length",
                            "10",
                            "Upload-Metadata",
                            "title QQ==",
                            "Upload-Expires",
                            "Sat, 28 Nov 2026 16:00:00 GMT",
                            "Caravan-Video-Id",
                            ID,
                            "Cache-Control",
                            "no-store",
                            "x-service-token",
                            "secret"))
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "POST,'',api-gateway-create-resumable,api-gateway-resumable-endpoint",
        "HEAD,/,api-gateway-find-resumable,api-gateway-resumable-upload-endpoint",
        "PATCH,/,api-gateway-append-resumable,api-gateway-resumable-upload-endpoint",
        "DELETE,/,api-gateway-end-resumable,api-gateway-resumable-upload-endpoint"
    })
    void tellsTheUploadServiceWhatTheProtocolSaysAndNothingElse(
            String method, String slash, String route, String endpoint) throws Exception {
        String path = PATH + (slash.isEmpty() ? "" : "/" + ID);
        boolean brings = method.equals("POST") || method.equals("PATCH");

        HttpResponse<String> answer = http.send(
                request(path + "?x-user-id=1&CamelHttpPath=x&id=other")
                        .method(
                                method,
                                brings ? BodyPublishers.ofByteArray(new byte[300_000]) : BodyPublishers.noBody())
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", "300000")
                        .header("Upload-Offset", "5")
                        .header("Upload-Metadata", "title QQ==")
                        .header("Upload-Checksum", "sha1 QQ==")
                        .header("x-user-id", "1")
                        .header("id", "other")
                        .header("CamelHttpPath", "/evil")
                        .header("CamelHttpUri", "http://evil.example")
                        .header("CamelHttpMethod", "GET")
                        .header("x-service-token", "t")
                        .header("Cookie", "a=b")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(camel.getRoute(route)).isNotNull();
        assertThat(camel.getRoute(endpoint)).isNotNull();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(seen)
                .containsEntry("uri", path)
                .containsEntry("method", method)
                .containsEntry("x-user-id", "7")
                .containsEntry("tus-resumable", "1.0.0")
                .containsEntry("upload-length", "300000")
                .containsEntry("upload-offset", "5")
                .containsEntry("upload-metadata", "title QQ==")
                .containsEntry("upload-checksum", "sha1 QQ==")
                .containsKey("x-request-id")
                .doesNotContainKeys(
                        "authorization", "cookie", "camelhttpuri", "camelhttppath", "x-service-token", "id");
        assertThat(bytes).hasValue(brings ? 300_000 : 0);
        assertThat(answer.headers().map())
                .containsKeys(
                        "location",
                        "tus-resumable",
                        "upload-offset",
                        "upload-length",
                        "upload-metadata",
                        "upload-expires",
                        "caravan-video-id",
                        "cache-control",
                        "x-request-id")
                .doesNotContainKeys("x-service-token");
    }

    /** api-gateway-describe-resumable: whoever may begin an upload wants to know before. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/some"})
    void saysToAnybodyWhatIsSpoken(String below) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri(PATH + below))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(camel.getRoute("api-gateway-describe-resumable")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(seen).containsEntry("uri", PATH).containsEntry("method", "OPTIONS");
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void letsBrowsersOfOtherOriginsReadWhatTheProtocolSays() throws Exception {
        HttpResponse<String> preflight = http.send(
                HttpRequest.newBuilder(uri(PATH + "/" + ID))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://other.example")
                        .header("Access-Control-Request-Method", "PATCH")
                        .header("Access-Control-Request-Headers", "tus-resumable,upload-offset")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> answer = http.send(
                request(PATH + "/" + ID)
                        .method("HEAD", BodyPublishers.noBody())
                        .header("Origin", "https://other.example")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-methods")
                        .orElseThrow())
                .contains("PATCH", "DELETE");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("tus-resumable,upload-offset");
        assertThat(answer.headers().firstValue("access-control-expose-headers").orElseThrow())
                .contains(
                        "Location",
                        "Tus-Resumable",
                        "Tus-Version",
                        "Tus-Extension",
                        "Tus-Max-Size",
                        "Tus-Checksum-Algorithm",
                        "Upload-Offset",
                        "Upload-Length",
                        "Upload-Metadata",
                        "Upload-Expires",
                        "Caravan-Video-Id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "HEAD", "DELETE"})
    void takesAMethodThatAProxyDidNotLetPass(String method) throws Exception {
        http.send(
                request(PATH + "/" + ID)
                        .header("X-HTTP-Method-Override", method)
                        .POST(BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(seen).containsEntry("method", method);
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "PUT,''", "PATCH,''", "GET,/id", "POST,/id", "PUT,/id"})
    void refusesOtherMethods(String method, String below) throws Exception {
        HttpResponse<String> answer = http.send(
                request(PATH + below).method(method, BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow").orElseThrow()).contains("OPTIONS");
        assertThat(seen).isEmpty();
    }

    /** Who hears that his upload is not there gives it up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsAnUploadThatIsNotThereFromAServiceThatIsNotThereYet(boolean speaksTus) throws Exception {
        SERVICES.answerHttp(exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (speaksTus) {
                exchange.getResponseHeaders().set("Tus-Resumable", "1.0.0");
            }
            StubServices.answer(exchange, 404, "{}");
        });

        HttpResponse<String> answer = http.send(
                request(PATH + "/" + ID).method("HEAD", BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(camel.getRoute("api-gateway-check-forwarded")).isNotNull();
        assertThat(camel.getRoute("api-gateway-refuse-stranger")).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(speaksTus ? 404 : 503);
    }

    @Test
    void saysThatItIsNotThereYetWhileARouteIsNot() throws Exception {
        camel.getRouteController().stopRoute("api-gateway-resumable-upload-endpoint");
        HttpResponse<String> answer;
        try {
            answer = http.send(
                    request(PATH + "/" + ID)
                            .method("DELETE", BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } finally {
            camel.getRouteController().startRoute("api-gateway-resumable-upload-endpoint");
        }

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }

    /** What is cut off must not come to look whole on its way. */
    @ParameterizedTest
    @CsvSource({
        "PATCH /videos/upload/tus/x, Content-Length: 300000",
        "PATCH /videos/upload/tus/x, Transfer-Encoding: chunked",
        "POST /videos/upload?title=T&description=D, Content-Length: 300000",
        "POST /videos/upload?title=T&description=D, Transfer-Encoding: chunked"
    })
    void tellsTheUploadServiceThatAClientWasCutOff(String request, String length) throws Exception {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        SERVICES.answerHttp(exchange -> {
            try {
                outcome.complete("whole: " + exchange.getRequestBody().readAllBytes().length);
            } catch (IOException e) {
                outcome.complete("cut off");
                throw e;
            }
            StubServices.answer(exchange, 201, "{}");
        });
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write((request + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer user\r\nTus-Resumable: 1.0.0\r\n"
                            + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n" + length
                            + (length.endsWith("chunked") ? "\r\n\r\n40000\r\n" : "\r\n\r\n"))
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[200_000]);
            out.flush();
        }

        assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo("cut off");
    }

    @Test
    void letsNoPathLeadElsewhere() throws Exception {
        for (String name :
                new String[] {"%2e%2e%2f%2e%2e%2factuator", "a/b", "x?y=z", "@evil.example", "%0d%0aHost:x"}) {
            seen.clear();
            http.send(
                    request(PATH + "/" + name)
                            .method("DELETE", BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(seen.getOrDefault("uri", PATH + "/unknown")).isEqualTo(PATH + "/unknown");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer user");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
