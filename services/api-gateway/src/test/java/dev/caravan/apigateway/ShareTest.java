package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.videocatalog.FindByIdRequest;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What other sites show and find of videos. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=caravan,api-gateway", "spring.application.name=api-gateway"})
@DirtiesContext
class ShareTest {

    private static final StubServices SERVICES = new StubServices();
    private static final String FIND = "videocatalog.VideoCatalogService/FindById";

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void everybodyIsWell() {
        SERVICES.reset();
    }

    @Test
    void letsAVideoBeEmbeddedEverywhereUnlessItsOwnerSaysWhere() throws Exception {
        video("id: 3, visibility: 'unlisted'");
        HttpResponse<String> everywhere = get("/embed/3?start=5&end=9&autoplay=1&muted=1&captions=pt-BR&title=0");
        video("id: 3, embed_origins: ['https://example.org', 'https://*.example.com:8443']");
        HttpResponse<String> somewhere = get("/embed/3");

        assertThat(camel.getRoute("api-gateway-show-embed")).isNotNull();
        assertThat(camel.getRoute("api-gateway-find-shared-video")).isNotNull();
        assertThat(everywhere.statusCode()).isEqualTo(200);
        assertThat(everywhere.body()).contains("/assets/embed.js");
        assertThat(everywhere.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(everywhere.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy).contains("script-src 'self';").endsWith("; frame-ancestors *"));
        assertThat(ancestors(somewhere)).isEqualTo("'self' https://example.org https://*.example.com:8443");
        assertThat(somewhere.headers().firstValue("X-Frame-Options")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.b; script-src *",
                "https://a.b\\r\\nSet-Cookie: x=y",
                "*",
                "'unsafe-inline'",
                "https://a.b https://c.d",
                "javascript:alert(1)"
            })
    void putsNothingButOriginsIntoThePolicy(String hostile) throws Exception {
        video("id: 3, embed_origins: [\"" + hostile + "\"]");

        HttpResponse<String> answer = get("/embed/3");

        assertThat(ancestors(answer)).isEqualTo("'self'");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void embedsWhatEverybodyMaySeeAndTellsNothingOfOthers() throws Exception {
        SERVICES.refuse(FIND, Status.NOT_FOUND);

        HttpResponse<String> answer = send("/embed/3?link=secret", "Bearer admin");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("/assets/embed.js");
        assertThat(ancestors(answer)).isEqualTo("*");
        assertThat(SERVICES.calls()).singleElement().satisfies(call -> {
            assertThat(call.request())
                    .isEqualTo(FindByIdRequest.newBuilder().setId(3).build());
            assertThat(call.metadata()).doesNotContainKeys("authorization", "x-user-id", "x-user-role");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"start=-1", "end=x", "autoplay=yes", "muted=2", "title=", "start=1&start=2"})
    void refusesParametersOfAnEmbedThatMeanNothing(String query) throws Exception {
        HttpResponse<String> answer = get("/embed/3?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"" + query.replaceAll("=.*", "") + "\":[\"");
        assertThat(SERVICES.calls()).isEmpty();
    }

    @Test
    void saysThatTheCatalogueIsDown() throws Exception {
        SERVICES.fail(FIND, StubServices.Failure.UNAVAILABLE);

        assertThat(get("/embed/3").statusCode()).isEqualTo(503);
    }

    private static void video(String fields) {
        SERVICES.answer(FIND, "{message: 'Success', data: {video: {" + fields + "}}}");
    }

    private static String ancestors(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow()
                .replaceFirst(".*; frame-ancestors ", "");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(path, null);
    }

    private HttpResponse<String> send(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
