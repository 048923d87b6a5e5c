package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.kernel.http.IpNetwork;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** So few requests a minute that they are used up soon. Users first: all of them come from one address. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "api-gateway.rate-per-address=12",
            "api-gateway.rate-per-user=2"
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RateLimitTest {

    private static final StubServices SERVICES = new StubServices();
    private static final int MORE_THAN_EVER = 2000;

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

    static Stream<Operations.Operation> limited() {
        return Operations.all().stream().filter(operation -> !operation.path().equals("/health"));
    }

    @Test
    @Order(1)
    void tellsAUserWhoSendsTooMuchWhenToComeAgainAndServesTheOthers() throws Exception {
        HttpResponse<String> refused = untilRefused("/auth/settings", "user");

        assertIsRefusal(refused);
        assertThat(refused.body()).contains("You send too many requests.");
        assertIsRefusal(untilRefused("/auth/profile", "user"));
        assertThat(get("/auth/settings", "other").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void tellsAnAddressThatSendsTooMuchWhenToComeAgain() throws Exception {
        HttpResponse<String> refused = untilRefused("/videos", null);

        assertIsRefusal(refused);
        assertThat(refused.body()).contains("Too many requests come from this address.");
    }

    @ParameterizedTest
    @Order(3)
    @MethodSource("limited")
    void asksNobodyOnBehalfOfAnAddressThatSendsTooMuch(Operations.Operation operation) throws Exception {
        for (int count = 0; count < MORE_THAN_EVER; count++) {
            SERVICES.reset();
            HttpResponse<String> answer = http.send(
                    request(operation.path(), "admin")
                            .header("Content-Type", operation.isUpload() ? "video/mp4" : "application/json")
                            .header("X-Forwarded-For", "9.9.9." + count % 256)
                            .method(
                                    operation.method(),
                                    operation.body() == null
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString(operation.body()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 429
                    && (operation.method().equals("HEAD") || answer.body().contains("address"))) {
                assertThat(SERVICES.calls()).isEmpty();
                return;
            }
        }
        throw new AssertionError("never refused");
    }

    @ParameterizedTest
    @Order(4)
    @ValueSource(strings = {"/", "/assets/app.js", "/openapi.yaml", "/metrics"})
    void countsNeitherThePageNorMetrics(String path) throws Exception {
        untilRefused("/videos", null);

        assertThat(get(path, null).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(5)
    void countsNoHealthCheck() throws Exception {
        untilRefused("/videos", null);

        assertThat(get("/health", null).statusCode()).isNotEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1",
        "2001:db8:1:2:3:4:5:6,20:01:0d:b8:00:01:00:02",
        "2001:db8:1:2:ffff::1,20:01:0d:b8:00:01:00:02",
        "2001:db8:1:3::1,20:01:0d:b8:00:01:00:03",
        "::ffff:10.0.0.1,::ffff:10.0.0.1",
        "no:address:at:all,no:address:at:all"
    })
    void takesAnIpv6NetworkForOneAddress(String address, String network) {
        assertThat(IpNetwork.of(address)).isEqualTo(network);
    }

    private HttpResponse<String> untilRefused(String path, String token) throws Exception {
        for (int count = 0; count < MORE_THAN_EVER; count++) {
            HttpResponse<String> answer = get(path, token);
            if (answer.statusCode() == 429) {
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    private void assertIsRefusal(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json.readTree(answer.body()).path("message").asText()).isEqualTo("Too Many Requests");
        assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(1L, 60L);
    }

    private HttpResponse<String> get(String path, String token) throws Exception {
        return http.send(request(path, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }
}
