package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Each operation of openapi.yaml, with each procedure that it calls being down, silent or broken. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "caravan.grpc-deadline=PT0.7S",
            "caravan.breaker.calls=10000",
            "api-gateway.upload-timeout=700"
        })
@DirtiesContext
class DependenciesDownTest {

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

    @TestFactory
    List<DynamicTest> saysWhatIsDownAndWhenToComeAgain() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Operations.Operation operation : Operations.all()) {
            SERVICES.reset();
            send(operation);
            for (String method : new TreeSet<>(SERVICES.methods())) {
                for (StubServices.Failure failure : StubServices.Failure.values()) {
                    tests.add(DynamicTest.dynamicTest(
                            operation + " while " + method + " is " + failure,
                            () -> check(operation, method, failure)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(Operations.all().size() * 3);
        return tests;
    }

    private void check(Operations.Operation operation, String method, StubServices.Failure failure) throws Exception {
        SERVICES.reset();
        SERVICES.fail(method, failure);

        HttpResponse<String> answer = send(operation);

        int status =
                switch (failure) {
                    case UNAVAILABLE -> 503;
                    case SILENT -> 504;
                    case INTERNAL -> 500;
                };
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertIsProblem(answer);
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status != 500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jwks.json", "/videos/upload"})
    void saysThatTheHttpDoorOfAServiceDoesNotAnswer(String path) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        SERVICES.answerHttp(exchange -> {
            try {
                exchange.getRequestBody().readAllBytes();
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        HttpResponse<String> answer = send(operation(path));
        answered.countDown();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(504);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertIsProblem(answer);
    }

    @Test
    void saysThatTheKeysAreNotAvailableWhileTheirServiceIsNot() throws Exception {
        SERVICES.answerHttp(exchange -> StubServices.answer(exchange, 503, "<html>jdbc secret</html>"));

        HttpResponse<String> answer = send(operation("/.well-known/jwks.json"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertIsProblem(answer);
    }

    @Test
    void saysThatAnUploadWasCutOff() throws Exception {
        SERVICES.answerHttp(exchange -> exchange.close());

        HttpResponse<String> answer = send(operation("/videos/upload"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertIsProblem(answer);
    }

    private void assertIsProblem(HttpResponse<String> answer) throws Exception {
        JsonNode problem = json.readTree(answer.body());
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("data")).isEqualTo(json.createObjectNode());
        assertThat(answer.body()).doesNotContain("secret", "socket", "127.0.0.1", "xception");
    }

    private static Operations.Operation operation(String path) {
        return Operations.all().stream()
                .filter(operation -> operation.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> send(Operations.Operation operation) throws Exception {
        HttpRequest.BodyPublisher body = operation.isUpload()
                ? HttpRequest.BodyPublishers.ofByteArray(new byte[100_000])
                : operation.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(operation.body());
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + operation.path()))
                        .header("Authorization", "Bearer admin")
                        .header("Content-Type", operation.isUpload() ? "video/mp4" : "application/json")
                        .method(operation.method(), body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
