package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** HEAD is GET without the body, whatever is asked for; and who may GET may HEAD. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "api-gateway.rate-per-user=120"
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class HeadTest {

    private static final StubServices SERVICES = new StubServices();

    /** What differs from one answer to the next, and what HTTP lets a HEAD leave out: how a body would be sent. */
    private static final List<String> OF_THE_MOMENT = List.of("date", "x-request-id", "transfer-encoding");

    /** Which count themselves. */
    private static final List<String> EVER_CHANGING = List.of("/metrics", "/mesh/services");

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void everybodyIsWell() {
        SERVICES.reset();
        SERVICES.answerHttp(exchange -> StubServices.answer(exchange, 200, "{\"keys\":[]}"));
    }

    static Stream<String> operations() {
        return Operations.all().stream()
                .filter(operation -> operation.method().equals("GET"))
                .map(Operations.Operation::path);
    }

    static Stream<String> everything() {
        Stream<String> pages = Stream.of(
                "/",
                "/index.html",
                "/assets/app.js",
                "/assets/style.css",
                "/assets/icon.svg",
                "/docs",
                "/docs/index.html",
                "/openapi.yaml",
                "/mesh",
                "/livez",
                "/readyz",
                "/nothing/here",
                "/videos//1",
                "/videos/0",
                "/videos?page=x",
                "/auth/login");
        return Stream.concat(operations(), pages);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void saysTheSameAsGetAndSendsNoBody(String path) throws IOException {
        for (String token : List.of("", "Authorization: Bearer user\r\n", "Authorization: Bearer stranger\r\n")) {
            String get = send("GET", path, token);
            String head = send("HEAD", path, token);

            assertThat(head).as(path + " " + token).endsWith("\r\n\r\n");
            assertThat(statusOf(head)).as(path + " " + token).isEqualTo(statusOf(get));
            Map<String, String> expected = headersOf(get);
            Map<String, String> headers = headersOf(head);
            if (EVER_CHANGING.contains(path) || "0".equals(expected.get("content-length"))) {
                expected.remove("content-length");
                headers.remove("content-length");
            }
            assertThat(headers).as(path + " " + token).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/app.js", "/openapi.yaml"})
    void sendsTheRangesThatThereAre(String page) throws IOException {
        String whole = send("GET", page, "");
        String length = headersOf(whole).get("content-length");
        for (String none : List.of("bytes=5-2", "bytes=a-b", "bytes=1.0-2", "bytes=+1-2", "items=0-1", "bytes=")) {
            assertThat(statusOf(send("GET", page, "Range: " + none + "\r\n")))
                    .as(none)
                    .isEqualTo(statusOf(whole));
        }
        String part = send("GET", page, "Range: bytes=0-3\r\n");
        assertThat(statusOf(part)).contains("206");
        assertThat(headersOf(part)).containsEntry("content-range", "bytes 0-3/" + length);
        String beyond = send("GET", page, "Range: bytes=" + length + "-\r\n");
        assertThat(statusOf(beyond)).contains("416");
        assertThat(headersOf(beyond)).containsEntry("content-range", "bytes */" + length);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void asksTheServicesAsGetDoes(String path) throws IOException {
        send("GET", path, "Authorization: Bearer admin\r\n");
        List<String> asked = SERVICES.methods();
        SERVICES.reset();
        send("HEAD", path, "Authorization: Bearer admin\r\n");

        assertThat(SERVICES.methods()).hasSameElementsAs(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/videos", "/auth/profile", "/health", "/.well-known/jwks.json", "/", "/metrics"})
    void isAllowedWhereGetIs(String path) throws IOException {
        assertThat(headersOf(send("OPTIONS", path, "")).get("allow")).contains("GET", "HEAD");
        String refusal = send("PROPFIND", path, "");
        assertThat(statusOf(refusal)).contains(" 405");
        assertThat(headersOf(refusal).get("allow")).contains("GET", "HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/login", "/videos/upload"})
    void isAllowedNowhereElse(String path) throws IOException {
        assertThat(headersOf(send("OPTIONS", path, "")).get("allow"))
                .contains("POST", "OPTIONS")
                .doesNotContain("HEAD");
        String refusal = send("HEAD", path, "");
        assertThat(statusOf(refusal)).contains(" 405");
        assertThat(headersOf(refusal).get("allow")).contains("POST").doesNotContain("HEAD");
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void countsLikeGet() throws IOException {
        String answer = "";
        for (int count = 0; count < 400 && !answer.startsWith("HTTP/1.1 429"); count++) {
            answer = send("HEAD", "/auth/settings", "Authorization: Bearer other\r\n");
        }

        assertThat(statusOf(answer)).contains(" 429");
        assertThat(headersOf(answer)).containsKey("retry-after");
    }

    @Test
    void leavesTheConnectionFitForTheNextRequest() throws IOException {
        try (Raw raw = new Raw(port)) {
            raw.say(
                    "HEAD /videos HTTP/1.1\r\nHost: a\r\n\r\nGET /videos HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

            assertThat(raw.hearThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
            assertThat(raw.hearOut()).startsWith("HTTP/1.1 200").contains("\"message\":\"Success\"");
        }
    }

    private String send(String method, String path, String headers) throws IOException {
        try (Raw raw = new Raw(port)) {
            return raw.say(method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n")
                    .hearOut();
        }
    }

    private static String statusOf(String answer) {
        return answer.substring(0, answer.indexOf("\r\n"));
    }

    private static Map<String, String> headersOf(String answer) {
        Map<String, String> headers = new TreeMap<>();
        answer.substring(0, answer.indexOf("\r\n\r\n")).lines().skip(1).forEach(line -> {
            String[] header = line.split(": ", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, other) -> one + ", " + other);
        });
        headers.keySet().removeAll(OF_THE_MOMENT);
        return headers;
    }
}
