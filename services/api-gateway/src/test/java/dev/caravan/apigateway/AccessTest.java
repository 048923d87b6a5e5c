package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.proto.encode.CancelRequest;
import dev.caravan.proto.encode.FindEncodingRequest;
import dev.caravan.proto.encode.PrioritizeRequest;
import dev.caravan.proto.encode.ReencodeRequest;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Who may call what, and what a request can't set: each operation of openapi.yaml against services of its own. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class AccessTest {

    private static final StubServices SERVICES = new StubServices();

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void everybodyIsWell() {
        SERVICES.reset();
    }

    static List<Operations.Operation> operations() {
        return Operations.all();
    }

    static Stream<Operations.Operation> withBody() {
        return operations().stream().filter(operation -> operation.body() != null);
    }

    static Stream<Operations.Operation> ofAccounts() {
        return operations().stream().filter(operation -> !operation.access().equals("anyone"));
    }

    static Stream<Operations.Operation> ofAdmins() {
        return operations().stream().filter(operation -> operation.access().equals("admin"));
    }

    static Stream<Operations.Operation> limited() {
        return operations().stream().filter(operation -> !operation.path().equals("/health"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void statesWhoMayCall(Operations.Operation operation) {
        assertThat(operation.access()).isIn("anyone", "user", "owner", "admin");
        boolean needsToken =
                operation.security().size() == 1 && operation.security().get(0).has("bearer");
        assertThat(needsToken)
                .as("security says the same as x-access")
                .isEqualTo(!operation.access().equals("anyone"));
        assertThat(!needsToken || operation.responses().has("401"))
                .as("a 401 is documented")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("limited")
    void statesThatItIsLimitedAndMayBeDown(Operations.Operation operation) {
        for (String status : List.of("429", "503", "504")) {
            assertThat(operation.responses().has(status)).as(status).isTrue();
        }
        JsonNode responses = Operations.contract().at("/components/responses");
        for (String name : List.of("TooManyRequests", "Unavailable", "TimedOut")) {
            assertThat(responses.path(name).path("headers").has("Retry-After"))
                    .as(name)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("ofAccounts")
    void refusesWhoeverShowsNoToken(Operations.Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, operation.body(), null, Map.of());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(SERVICES.methods()).containsOnly("auth.AuthenticationService/VerifyToken");
    }

    @ParameterizedTest
    @MethodSource("ofAdmins")
    void refusesWhoeverIsNoAdministratorBeforeAnythingIsAsked(Operations.Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, operation.body(), "user", Map.of());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(json.readTree(answer.body()).path("type").asText()).isEqualTo("urn:caravan:problem:not-an-admin");
        assertThat(SERVICES.methods()).containsExactly("auth.AuthenticationService/VerifyToken");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void letsAnAdministratorPassAndSaysWhoAsksAndFromWhere(Operations.Operation operation) throws Exception {
        HttpResponse<String> answer = send(operation, operation.body(), "admin", Map.of());

        if (operation.path().equals("/health")) {
            return; // The services' own business: they need not be asked on anybody's behalf.
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 202, 204, 302);
        boolean verifies = SERVICES.methods().contains("auth.AuthenticationService/VerifyToken");
        assertThat(verifies || operation.access().equals("anyone")).isTrue();
        for (StubServices.Call call : SERVICES.calls()) {
            assertThat(call.metadata()).containsEntry("x-client-address", "127.0.0.1");
            if (verifies && !call.method().endsWith("/VerifyToken")) {
                assertThat(call.metadata()).containsEntry("x-user-id", "9").containsEntry("x-user-role", "admin");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("withBody")
    void refusesFieldsThatAreNotTheClientsToSet(Operations.Operation operation) throws Exception {
        for (String field : List.of("id", "role", "user_id", "x", "state", "user")) {
            ObjectNode body = (ObjectNode) json.readTree(operation.body());
            body.put(field, 1);

            HttpResponse<String> answer = send(operation, body.toString(), "admin", Map.of());

            assertThat(answer.statusCode()).as(field).isEqualTo(400);
            assertThat(json.readTree(answer.body())
                            .at("/data/errors/" + field + "/0")
                            .asText())
                    .isEqualTo(field + " is not a known field");
        }
        assertThat(SERVICES.methods()).doesNotContainAnyElementsOf(asked(operation));
    }

    /** What the operation asks when all is well, apart from who is asking. */
    private Set<String> asked(Operations.Operation operation) throws Exception {
        List<String> before = SERVICES.methods();
        SERVICES.reset();
        send(operation, operation.body(), "admin", Map.of());
        Set<String> methods = new java.util.TreeSet<>(SERVICES.methods());
        methods.remove("auth.AuthenticationService/VerifyToken");
        assertThat(methods).isNotEmpty();
        assertThat(before).doesNotContainAnyElementsOf(methods);
        SERVICES.reset();
        return methods;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void givesHostileHeadersAndParametersNoEffect(Operations.Operation operation) throws Exception {
        if (operation.isUpload()) {
            return; // See forwardsNothingOfAnUploadsHeadersButWhatTheUploadIs, and ResumableTest.
        }
        HttpResponse<String> plain = send(operation, operation.body(), "user", Map.of());
        List<StubServices.Call> expected = withoutIds(SERVICES.calls());
        SERVICES.reset();

        HttpResponse<String> hostile = send(
                operation.method(),
                operation.path()
                        + (operation.path().contains("?") ? "&" : "?")
                        + "x-user-id=1&x-user-role=admin&CamelHttpUri=http%3A%2F%2Fevil.example&authorization=Bearer"
                        + "%20admin&CamelHttpResponseCode=418&id=9&rpc=delete",
                operation.body(),
                "user",
                HOSTILE);

        assertThat(hostile.statusCode()).as(hostile.body()).isEqualTo(plain.statusCode());
        assertThat(withoutIds(SERVICES.calls())).isEqualTo(expected);
    }

    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("CamelHttpUri", "http://evil.example/"),
            Map.entry("CamelHttpPath", "/evil"),
            Map.entry("CamelHttpMethod", "DELETE"),
            Map.entry("CamelHttpResponseCode", "418"),
            Map.entry("CamelSqlQuery", "drop table users"),
            Map.entry("CamelFileName", "../../etc/passwd"),
            Map.entry("CamelGrpcMethodName", "delete"),
            Map.entry("org.apache.camel.evil", "1"),
            Map.entry("x-user-id", "1"),
            Map.entry("X-User-Role", "admin"),
            Map.entry("x-client-address", "9.9.9.9"),
            Map.entry("x-service-token", "t"),
            Map.entry("X-Forwarded-For", "9.9.9.9"),
            Map.entry("Forwarded", "for=9.9.9.9"),
            Map.entry("rpc", "delete"),
            Map.entry("id", "9"),
            Map.entry("page", "9"),
            Map.entry("owner", "9"));

    @ParameterizedTest
    @ValueSource(
            strings = {"/videos/3?x-user-id=1&x-user-role=admin", "/videos/3?X-USER-ID=1", "/videos/3?%78-user-id=1"})
    void namesNobodyForAClientWithoutAToken(String path) throws Exception {
        send("GET", path, null, null, HOSTILE);

        assertThat(SERVICES.calls()).singleElement().satisfies(call -> assertThat(call.metadata())
                .doesNotContainKeys("x-user-id", "x-user-role", "x-service-token", "authorization")
                .containsEntry("x-client-address", "127.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/profile", "/videos/3", "/videos", "/videos/mine"})
    void takesTwoTokensForNone(String path) throws Exception {
        for (List<String> tokens : List.of(
                List.of("Bearer user", "Bearer user"),
                List.of("Bearer user", "Bearer admin"),
                List.of("Bearer stranger", "Bearer user"),
                List.of("", "Bearer user"),
                List.of("Bearer user,Bearer user"),
                List.of("Bearer user, Bearer user"))) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
            tokens.forEach(token -> request.header("Authorization", token));

            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(tokens.toString()).isEqualTo(401);
        }
        assertThat(SERVICES.methods()).containsOnly("auth.AuthenticationService/VerifyToken");
    }

    @Test
    void takesNoTokenFromAUrl() throws Exception {
        String token = "?access_token=user&token=user&authorization=Bearer%20user&Authorization=Bearer+user";

        assertThat(send("GET", "/auth/profile" + token, null, null, Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(send("GET", "/videos/3" + token, null, null, Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(SERVICES.calls())
                .allSatisfy(call -> assertThat(call.metadata()).doesNotContainKeys("authorization", "x-user-id"));
    }

    private static List<StubServices.Call> withoutIds(List<StubServices.Call> calls) {
        return calls.stream()
                .map(call -> {
                    Map<String, String> metadata = new java.util.TreeMap<>(call.metadata());
                    metadata.remove("x-request-id");
                    return new StubServices.Call(call.method(), call.request(), metadata);
                })
                .toList();
    }

    @Test
    void forwardsNothingOfAnUploadsHeadersButWhatTheUploadIs() throws Exception {
        var seen = new java.util.concurrent.ConcurrentHashMap<String, String>();
        SERVICES.answerHttp(exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> seen.put(name.toLowerCase(), values.get(0)));
            seen.put("uri", exchange.getRequestURI().toString());
            exchange.getRequestBody().readAllBytes();
            StubServices.answer(exchange, 201, "{}");
        });

        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(uri("/videos/upload?title=T%26x&x-user-id=1&description=D&CamelHttpUri=x"))
                        .header("Content-Type", "video/mp4")
                        .header("Authorization", "Bearer user")
                        .header("x-user-id", "1")
                        .header("CamelHttpUri", "http://evil.example")
                        .header("x-service-token", "t")
                        .header("Cookie", "a=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(seen)
                .containsEntry("uri", "/videos/upload?title=T%26x&description=D")
                .containsEntry("x-user-id", "7")
                .containsEntry("content-type", "video/mp4")
                .containsKey("x-request-id")
                .doesNotContainKeys("authorization", "cookie", "camelhttpuri", "x-service-token");
    }

    @Test
    void passesOnWhatTheUploadServiceAnswersAndWhenToComeAgain() throws Exception {
        SERVICES.answerHttp(exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Retry-After", "30");
            exchange.getResponseHeaders().set("x-service-token", "secret");
            StubServices.answer(exchange, 429, "{\"message\":\"Too Many Requests\"}");
        });

        HttpResponse<String> answer = upload("user");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("retry-after")).contains("30");
        assertThat(answer.headers().map()).doesNotContainKeys("x-service-token", "x-user-id");
    }

    @Test
    void takesAnUploadServiceThatDoesNotKnowTheGatewayForAMistakeOfOurs() throws Exception {
        SERVICES.answerHttp(exchange -> {
            exchange.getRequestBody().readAllBytes();
            StubServices.answer(exchange, 401, "{\"message\":\"Unauthorized\"}");
        });

        assertThat(upload("user").statusCode()).isEqualTo(500);
    }

    @Test
    void asksTheEncoderAboutTheVideoThatTheCatalogueNamesAndOnTheCallersBehalf() throws Exception {
        send("GET", "/videos/3/encoding", null, "user", Map.of());
        send("POST", "/videos/3/cancel", null, "other", Map.of());
        send("POST", "/videos/3/reencode", null, "admin", Map.of());
        send("PUT", "/videos/3/priority", "{\"priority\":80}", "admin", Map.of());

        var calls = SERVICES.calls().stream()
                .filter(call -> !call.method().endsWith("/VerifyToken"))
                .toList();
        assertThat(calls.stream().map(StubServices.Call::request))
                .containsExactly(
                        FindByIdRequest.newBuilder().setId(3).build(),
                        FindEncodingRequest.newBuilder().setVideoId("v-3").build(),
                        FindByIdRequest.newBuilder().setId(3).build(),
                        CancelRequest.newBuilder().setVideoId("v-3").build(),
                        FindByIdRequest.newBuilder().setId(3).build(),
                        ReencodeRequest.newBuilder().setVideoId("v-3").build(),
                        FindByIdRequest.newBuilder().setId(3).build(),
                        PrioritizeRequest.newBuilder()
                                .setVideoId("v-3")
                                .setPriority(80)
                                .build());
        assertThat(calls.stream().map(call -> call.metadata().get("x-user-id")))
                .containsExactly("7", "7", "8", "8", "9", "9", "9", "9");
    }

    @Test
    void tellsThatAnothersReadyVideoIsNotTheCallersToCancel() throws Exception {
        SERVICES.refuse("encode.EncodeService/Cancel", Status.PERMISSION_DENIED.withDescription("Not yours."));

        assertThat(send("POST", "/videos/3/cancel", null, "other", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void asksTheEncoderNothingAboutAVideoThatTheCallerDoesNotSee() throws Exception {
        SERVICES.refuse("videocatalog.VideoCatalogService/FindById", Status.NOT_FOUND.withDescription("None."));

        for (String path : List.of("/videos/3/encoding", "/videos/3/cancel")) {
            String method = path.endsWith("encoding") ? "GET" : "POST";
            assertThat(send(method, path, null, "user", Map.of()).statusCode()).isEqualTo(404);
        }
        assertThat(SERVICES.methods()).noneMatch(method -> method.startsWith("encode."));
    }

    @Test
    void asksForVideosOfAnyStateOnTheCallersBehalf() throws Exception {
        send("GET", "/videos?state=failed", null, "admin", Map.of());
        send("GET", "/videos", null, null, Map.of());

        assertThat(SERVICES.calls().get(1).metadata()).containsEntry("x-user-role", "admin");
        assertThat(SERVICES.calls().get(2).metadata()).doesNotContainKey("x-user-role");
        assertThat(send("GET", "/videos?state=any", null, "admin", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/videos?state=failed", null, "unknown", Map.of())
                        .statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> upload(String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri("/videos/upload?title=T&description=D"))
                        .header("Content-Type", "video/mp4")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(
            Operations.Operation operation, String body, String token, Map<String, String> headers) throws Exception {
        return send(operation.method(), operation.path(), body, token, headers);
    }

    private HttpResponse<String> send(
            String method, String path, String body, String token, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
