package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Each operation of openapi.yaml, with each procedure that it calls failing in some way. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "caravan.breaker.calls=10000"
        })
@DirtiesContext
abstract class FailingDependencies {

    static final StubServices SERVICES = new StubServices();

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

    /** A test for each operation and each procedure that it calls when all is well. */
    List<DynamicTest> withEachProcedure(StubServices.Failure failure, int status) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Operations.Operation operation : Operations.all()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                SERVICES.reset();
                return send(operation).statusCode() < 500 || operation.path().equals("/health");
            });
            for (String method : new TreeSet<>(SERVICES.methods())) {
                tests.add(DynamicTest.dynamicTest(
                        operation + " while " + method + " is " + failure,
                        () -> check(operation, method, failure, status)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(Operations.all().size());
        return tests;
    }

    private void check(Operations.Operation operation, String method, StubServices.Failure failure, int status)
            throws Exception {
        SERVICES.reset();
        SERVICES.fail(method, failure);

        HttpResponse<String> answer = send(operation);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (operation.id().equals("api-gateway-show-video-page")) {
            // People see the page, which says it in its own words.
            assertThat(answer.headers().firstValue("content-type")).contains("text/html;charset=utf-8");
        } else if (!operation.method().equals("HEAD")) {
            assertIsProblem(answer);
        }
        assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status != 500);
    }

    void assertIsProblem(HttpResponse<String> answer) throws Exception {
        JsonNode problem = json.readTree(answer.body());
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("data")).isEqualTo(json.createObjectNode());
        assertThat(answer.body()).doesNotContain("secret", "socket", "127.0.0.1", "xception");
    }

    static Operations.Operation operation(String path) {
        return Operations.all().stream()
                .filter(operation -> operation.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    HttpResponse<String> send(Operations.Operation operation) throws Exception {
        HttpRequest.BodyPublisher body = operation.bringsBytes()
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
