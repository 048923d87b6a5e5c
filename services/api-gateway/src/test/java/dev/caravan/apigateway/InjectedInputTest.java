package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
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

/** What steers components or names a caller inside, sent from outside: it changes nothing of what services are told. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "caravan.service-key=the service key of this test"
        })
@DirtiesContext
class InjectedInputTest {

    private static final StubServices SERVICES = new StubServices();

    private static final Map<String, String> STEERING = Map.ofEntries(
            Map.entry("CamelHttpUri", "http://127.0.0.1:1/evil"),
            Map.entry("cAmElHttpUri", "http://127.0.0.1:1/evil"),
            Map.entry("CamelHttpPath", "/evil"),
            Map.entry("CamelHttpQuery", "evil=1"),
            Map.entry("CamelHttpMethod", "DELETE"),
            Map.entry("CamelHttpResponseCode", "500"),
            Map.entry("CamelFileName", "../../evil"),
            Map.entry("CamelSqlQuery", "drop table users"),
            Map.entry("CamelAwsS3Key", "evil"),
            Map.entry("CamelExecCommandExecutable", "/bin/evil"),
            Map.entry("CamelBeanMethodName", "evil"),
            Map.entry("CamelRedelivered", "true"),
            Map.entry("rpc", "rotate-keys"),
            Map.entry("operationName", "evil"),
            Map.entry("kafka.OVERRIDE_TOPIC", "evil"),
            Map.entry("x-user-id", "1"),
            Map.entry("X-User-Role", "admin"),
            Map.entry("x-client-address", "9.9.9.9"),
            Map.entry("x-request-id", "evil"),
            Map.entry("x-service-token", "evil"),
            Map.entry("id", "999"));

    /** Different for each call, whoever makes it. */
    private static final List<String> OF_THE_CALL = List.of("x-request-id", "traceparent", "x-service-token");

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> forwarded = new CopyOnWriteArrayList<>();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void recordWhatIsForwarded() {
        forwarded.clear();
        SERVICES.reset();
        SERVICES.answerHttp(exchange -> {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            headers.keySet().removeAll(OF_THE_CALL);
            byte[] body = exchange.getRequestBody().readAllBytes();
            forwarded.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers + " "
                    + new String(body, StandardCharsets.UTF_8));
            StubServices.answer(exchange, 201, "{\"message\":\"Success\",\"data\":{\"video_id\":\"v\"}}");
        });
    }

    static Stream<Operations.Operation> operations() {
        // Health and the map of routes are of no contract of the services that this test puts in their place.
        List<String> others = List.of("api-gateway-health", "api-gateway-show-mesh");
        return Operations.all().stream().filter(operation -> !others.contains(operation.id()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void isToldToServicesAsIfItWereNotThere(Operations.Operation operation) throws Exception {
        HttpResponse<String> plain = send(operation, false);
        List<String> expectedCalls = calls();
        List<String> expectedForwards = List.copyOf(forwarded);
        SERVICES.reset();
        recordWhatIsForwarded();

        HttpResponse<String> steered = send(operation, true);

        assertThat(steered.statusCode()).as(steered.body()).isEqualTo(plain.statusCode());
        assertThat(withoutId(steered.body())).isEqualTo(withoutId(plain.body()));
        assertThat(calls()).isEqualTo(expectedCalls);
        assertThat(forwarded).isEqualTo(expectedForwards);
        assertThat(expectedCalls.size() + expectedForwards.size())
                .as("services are asked")
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{caravan.service-key}}",
                "${header.authorization}",
                "${env:PATH}",
                "${sys:java.version}",
                "${bean:collectHealth}",
                "${properties:caravan.service-key}",
                "#{systemProperties}",
                "RAW({{caravan.service-key}})",
                "{{env:PATH}}"
            })
    void isNeverResolvedNorEvaluated(String text) throws Exception {
        request("/videos?search=" + URLEncoder.encode(text, StandardCharsets.UTF_8), "GET", null, "application/json");
        request("/auth/login", "POST", json(Map.of("email", text, "password", text)), "application/json");
        request(
                "/auth/register",
                "POST",
                json(Map.of("name", text, "email", "a@b.cd", "password", "a password of many words")),
                "application/json");
        HttpResponse<String> upload = request(
                "/videos/upload?title=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&description=D",
                "POST",
                "video",
                "video/mp4");

        assertThat(SERVICES.calls().toString()).doesNotContain("the service key of this test");
        assertThat(SERVICES.calls())
                .filteredOn(call -> call.method().endsWith("/FindAll"))
                .singleElement()
                .satisfies(call -> assertThat(field(call, "search")).isEqualTo(text));
        assertThat(SERVICES.calls())
                .filteredOn(call -> call.method().endsWith("/Register"))
                .singleElement()
                .satisfies(call -> assertThat(field(call, "name")).isEqualTo(text));
        assertThat(upload.statusCode()).isEqualTo(201);
        assertThat(forwarded).singleElement().satisfies(sent -> assertThat(
                        java.net.URLDecoder.decode(sent.substring(0, sent.indexOf(" {")), StandardCharsets.UTF_8))
                .contains("title=" + text + "&description=D"));
    }

    @Test
    void isNotDeserialised() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(new HashMap<>(Map.of("x", new Bomb())));
        }
        for (String path : List.of("/auth/login", "/auth/register", "/videos/uploaded-webhook")) {
            HttpRequest request = HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/x-java-serialized-object")
                    .header("Authorization", "Bearer user")
                    .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
                    .build();

            assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isBetween(400, 415);
        }
        assertThat(Bomb.WENT_OFF).isFalse();
    }

    /** Goes off when it is read from bytes. */
    private static final class Bomb implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        static final AtomicBoolean WENT_OFF = new AtomicBoolean();

        @Serial
        private void readObject(ObjectInputStream input) {
            WENT_OFF.set(true);
        }
    }

    private HttpResponse<String> send(Operations.Operation operation, boolean steered) throws Exception {
        String query = operation.isUpload() ? "title=T&description=D" : "";
        String path = operation.path();
        if (steered) {
            query += STEERING.entrySet().stream()
                    .map(entry ->
                            "&" + entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining());
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        uri(path + (query.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + query)))
                .header("Authorization", "Bearer admin")
                .header("Content-Type", operation.isUpload() ? "video/mp4" : "application/json")
                .method(
                        operation.method(),
                        operation.bringsBytes()
                                ? BodyPublishers.ofString("video")
                                : operation.body() == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(operation.body()));
        if (steered) {
            STEERING.forEach(request::header);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> request(String path, String method, String body, String type) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .header("Authorization", "Bearer user")
                        .header("Content-Type", type)
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String json(Map<String, String> fields) throws Exception {
        return new ObjectMapper().writeValueAsString(fields);
    }

    /** Only what is asked at once can come in another order. */
    private static List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (StubServices.Call call : SERVICES.calls()) {
            Map<String, String> metadata = new TreeMap<>(call.metadata());
            metadata.keySet().removeAll(OF_THE_CALL);
            calls.add(call.method() + " " + call.request() + " " + metadata);
        }
        return calls.stream().sorted().toList();
    }

    private static Object field(StubServices.Call call, String name) {
        return call.request().getField(call.request().getDescriptorForType().findFieldByName(name));
    }

    /** A problem names its request. */
    private static String withoutId(String body) {
        return body.replaceAll("urn:uuid:[0-9a-f-]+|[0-9a-f]{8}-[0-9a-f-]{27,}", "id");
    }
}
