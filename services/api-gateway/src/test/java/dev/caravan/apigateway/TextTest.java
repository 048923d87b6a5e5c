package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import dev.caravan.proto.auth.LoginRequest;
import dev.caravan.proto.upload.UploadedWebhookRequest;
import dev.caravan.proto.user.SaveSettingsRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is said reaches the services as it was meant, or is refused by the name of its field. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class TextTest {

    private static final StubServices SERVICES = new StubServices();
    private static final String NO_TEXT = " must be valid text";

    @LocalServerPort
    int port;

    private final ObjectMapper json = new ObjectMapper();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void nothingHasBeenCalled() {
        SERVICES.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "a%00b",
                "%ff",
                "%c0%80",
                "%c1%81",
                "%ed%a0%80",
                "%f4%90%80%80",
                "%e2%80",
                "a%e9b",
                "%",
                "%2",
                "%zz",
                "%+1",
                "%u0041"
            })
    void refusesAQueryThatIsNoText(String value) throws Exception {
        assertThat(errorsOf(get("/videos?page=1&search=" + value))
                        .at("/search/0")
                        .asText())
                .isEqualTo("search" + NO_TEXT);
        assertThat(errorsOf(get("/videos?search=" + value)).has("size")).isTrue();
        assertThat(get("/videos?page=" + value)).startsWith("HTTP/1.1 400 ");
        assertThat(get("/dead-letters?video_id=" + value)).startsWith("HTTP/1.1 400 ");
        for (String target : List.of("/videos?utm=", "/videos?", "/videos/1?x=", "/videos/upload?x=", "/?x=")) {
            assertThat(get(target + value))
                    .as("means nothing in %s", target)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("application/problem+json", "The query must be text in UTF-8, without NUL.");
        }
        for (String target : List.of("/videos/mine?search=", "/videos/1?page=", "/auth/profile?state=")) {
            assertThat(get(target + value))
                    .as("of another operation in %s", target)
                    .startsWith("HTTP/1.1 400 ")
                    .contains(NO_TEXT);
        }
        assertThat(asked()).isEmpty();
    }

    @Test
    void asksForWhatAQuerySays() throws Exception {
        get("/videos?search=%C3%9Cber+a%2Bb%26%F0%9F%8E%AC%EF%BF%BD");
        get("/videos?%73earch=x&utm=%C3%BC&&=&search");

        assertThat(asked().get(0))
                .isEqualTo(FindAllRequest.newBuilder()
                        .setPage(1)
                        .setSize(20)
                        .setSearch("Über a+b&🎬\uFFFD")
                        .build());
        assertThat(get("/videos?search=a&search=b")).startsWith("HTTP/1.1 400 ").contains("search may come once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1%00", "%00", "1%ff", "%c0%b1", "%", "%zz", "1%2f", "%5c1"})
    void refusesAPathThatIsNoText(String id) throws Exception {
        assertThat(get("/videos/" + id))
                .matches("(?s)HTTP/1\\.1 40[04] .*")
                .contains("application/problem+json", "\"data\":{");
        assertThat(asked()).isEmpty();
    }

    static Stream<byte[]> noText() {
        return Stream.of(
                "a\\u0000b".getBytes(StandardCharsets.UTF_8),
                "\\ud800".getBytes(StandardCharsets.UTF_8),
                "x\\udc00y".getBytes(StandardCharsets.UTF_8),
                "\\udc00\\ud800".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("noText")
    void refusesAFieldThatIsNoText(byte[] value) throws Exception {
        String text = new String(value, StandardCharsets.UTF_8);
        assertThat(errorsOf(webhook(text, "d")).at("/title/0").asText()).isEqualTo("title" + NO_TEXT);
        JsonNode errors = errorsOf(webhook("t", text));
        assertThat(errors.at("/description/0").asText()).isEqualTo("description" + NO_TEXT);
        assertThat(errors.path("title")).isEmpty();
        for (String field : List.of("name", "image")) {
            assertThat(errorsOf(send("PATCH", "/auth/profile", "{\"" + field + "\":\"" + text + "\"}"))
                            .at("/" + field + "/0")
                            .asText())
                    .isEqualTo(field + NO_TEXT);
        }
        assertThat(asked()).isEmpty();
    }

    @Test
    void keepsPairsOfSurrogates() throws Exception {
        webhook("\\ud83c\\udfac é\\u0301", "🎬\\n");

        assertThat(announced().getTitle()).isEqualTo("🎬 é\u0301");
        assertThat(announced().getDescription()).isEqualTo("🎬\n");
    }

    static Stream<byte[]> noUtf8() {
        return Stream.of(
                bytes(0xe9),
                bytes(0xff),
                bytes(0xc0, 0x80),
                bytes(0xc1, 0x81),
                bytes(0xed, 0xa0, 0x80),
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xe2, 0x82),
                bytes(0));
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) octets[index];
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("noUtf8")
    void refusesABodyThatIsNoText(byte[] octets) throws Exception {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        for (String type : List.of("application/json", "application/json; charset=iso-8859-1")) {
            String answer = login(
                    type, "{\"email\":\"a@b.cd\",\"password\":\"secret" + text + "\"}", StandardCharsets.ISO_8859_1);

            assertThat(errorsOf(answer).at("/body/0").asText()).startsWith("body must be JSON");
        }
        assertThat(SERVICES.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=utf-8",
                "application/json; charset=\"UTF-8\"",
                "application/json; charset=utf8",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset=bogus-8",
                "application/json; charset=",
                "application/json; charset=a/b",
                "application/problem+json",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=bogus",
                "multipart/form-data",
                "text/plain",
                "text/plain; charset=us-ascii",
                "nonsense",
                "a/b/c;;",
                ""
            })
    void takesJsonForJsonWhateverItIsCalled(String type) throws Exception {
        String body = "{\"email\":\"a@b.cd\",\"password\":\"sécret 🎬\"}";
        List<byte[]> spellings = List.of(
                body.getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8),
                body.getBytes(StandardCharsets.UTF_16BE),
                body.getBytes(StandardCharsets.UTF_16LE),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_16BE),
                ("\uFEFF" + body).getBytes(StandardCharsets.UTF_16LE));
        for (byte[] spelling : spellings) {
            assertThat(login(type, new String(spelling, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 200 ");
        }

        assertThat(SERVICES.calls()).hasSize(spellings.size()).allSatisfy(call -> assertThat(call.request())
                .isEqualTo(LoginRequest.newBuilder()
                        .setEmail("a@b.cd")
                        .setPassword("sécret 🎬")
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "POST"})
    void takesAFormForNoJson(String method) throws Exception {
        String path = method.equals("POST") ? "/auth/login" : method.equals("PUT") ? "/auth/password" : "/auth/profile";
        String form = "name=x&email=a%40b.cd";
        try (Raw raw = new Raw(port)) {
            String answer = raw.say(method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + "Authorization: Bearer user\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                            + "Content-Length: " + form.length() + "\r\n\r\n" + form)
                    .hearOut();

            assertThat(errorsOf(answer).at("/body/0").asText()).startsWith("body must be JSON");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e0",
                "1E0",
                "%2B1",
                "+1",
                "%201",
                "1%20",
                "1%0a",
                "0x1",
                "1_0",
                "01",
                "%EF%BC%91",
                "%D9%A1",
                "1,0",
                "1;",
                "true",
                "null",
                "%221%22",
                "%5B1%5D",
                "NaN",
                "Infinity",
                "--1",
                "-",
                "",
                "99999999999999999999",
                "1e400"
            })
    void takesDigitsForANumberAndNothingElse(String number) throws Exception {
        for (String query : List.of(
                "/videos?page=", "/videos?size=", "/videos?owner=", "/videos/mine?page=", "/dead-letters?size=")) {
            assertThat(get(query + number))
                    .as(query + number)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("invalid-fields");
        }
        if (!number.isEmpty() && !number.contains(";")) {
            for (String path : List.of("/videos/%s", "/videos/%s/encoding", "/dead-letters/%s")) {
                if (path.startsWith("/dead") && number.matches("\\d+")) {
                    continue;
                }
                assertThat(get(path.replace("%s", number))).as(path + number).startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(asked()).isEmpty();
    }

    @Test
    void readsDigitsThatAreEscaped() throws Exception {
        get("/videos/%31");
        get("/vide%6fs?page=%32");

        assertThat(asked())
                .containsExactly(
                        FindByIdRequest.newBuilder().setId(1).build(),
                        FindAllRequest.newBuilder().setPage(2).setSize(20).build());
    }

    /** JSON Schema calls every number an integer that has no fraction. */
    @ParameterizedTest
    @ValueSource(strings = {"720", "720.0", "7.2e2"})
    void takesAnIntegerOfJsonAsJsonSchemaDoes(String number) throws Exception {
        assertThat(settings(number)).startsWith("HTTP/1.1 200 ");
        assertThat(((SaveSettingsRequest) asked().get(0)).getPreferredMaxResolution())
                .isEqualTo(720);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "720.5",
                "\"720\"",
                "1e400",
                "-1e400",
                "1e999999999",
                "99999999999999999999",
                "0720",
                "+720",
                "0x2d0",
                "NaN",
                "true",
                "null"
            })
    void refusesWhatIsNoIntegerOfJson(String number) throws Exception {
        assertThat(settings(number)).startsWith("HTTP/1.1 400 ").contains("invalid-fields");
        assertThat(asked()).isEmpty();
    }

    private String settings(String number) throws IOException {
        return send(
                "PUT",
                "/auth/settings",
                "{\"language\":\"en\",\"autoplay\":true,\"email_notices\":false,\"preferred_max_resolution\":" + number
                        + "}");
    }

    private String webhook(String title, String description) throws IOException {
        return send(
                "POST",
                "/videos/upload/webhook",
                "{\"video_id\":\"v\",\"thumbnail_id\":\"t\",\"title\":\"" + title + "\",\"description\":\""
                        + description + "\"}");
    }

    private UploadedWebhookRequest announced() {
        return (UploadedWebhookRequest) asked().get(0);
    }

    /** What the services were asked beside who is calling. */
    private static List<Message> asked() {
        return SERVICES.calls().stream()
                .filter(call -> !call.method().endsWith("/VerifyToken"))
                .map(StubServices.Call::request)
                .toList();
    }

    private String get(String path) throws IOException {
        try (Raw raw = new Raw(port)) {
            return raw.say("GET " + path
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer admin\r\n\r\n")
                    .hearOut();
        }
    }

    private String send(String method, String path, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        try (Raw raw = new Raw(port)) {
            return raw.say(method + " " + path
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer user\r\n"
                            + "Content-Type: application/json\r\nContent-Length: " + octets.length + "\r\n\r\n")
                    .say(octets)
                    .hearOut();
        }
    }

    private String login(String type, String body, Charset charset) throws IOException {
        byte[] octets = body.getBytes(charset);
        try (Raw raw = new Raw(port)) {
            return raw.say("POST /auth/login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
                            + "Content-Length: " + octets.length + "\r\n\r\n")
                    .say(octets)
                    .hearOut();
        }
    }

    private JsonNode errorsOf(String answer) throws IOException {
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        JsonNode problem = json.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("type").asText()).isEqualTo("urn:caravan:problem:invalid-fields");
        return problem.at("/data/errors");
    }
}
