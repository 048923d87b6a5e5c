package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.apigateway.mesh.ServiceDiscovery;
import dev.caravan.kernel.mesh.Address;
import dev.caravan.kernel.mesh.Numbers;
import dev.caravan.kernel.mesh.ServiceMap;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** api-gateway-show-mesh and api-gateway-collect-mesh, with services that answer, refuse, stammer, hang and are not there. */
@SpringBootTest(
        classes = {ApiGatewayApplication.class, MeshRouteTest.Discovery.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "caravan.service-key=a key that services share",
            "api-gateway.mesh-timeout=700"
        })
@DirtiesContext
class MeshRouteTest {

    private static final StubServices SERVICES = new StubServices();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<HttpServer> SERVERS = new ArrayList<>();
    private static final Map<String, String> ASKED = new ConcurrentHashMap<>();

    /** What a name stands for; others are addresses themselves. */
    private static final Map<String, List<String>> NAMES = new ConcurrentHashMap<>();

    private static final RunningRoute USER_ENDPOINT = new RunningRoute(
            "user-grpc-endpoint",
            "Takes calls.",
            "Started",
            new Address("grpc", "0.0.0.0:5000/dev.caravan.proto.user.UserService", Map.of()),
            List.of(),
            2,
            new Numbers(9, 1, 2, Collections.nCopies(Numbers.BOUNDS.size() + 1, 3L)));

    private static final RunningRoute USER_EXTRA = new RunningRoute(
            "user-extra", "Is on one.", "Started", Address.of("timer:extra"), List.of(), 0, Numbers.NONE);

    private static final String GATEWAYS = "gateways.test:4000";

    private static final ServiceMap OTHER_GATEWAY = new ServiceMap(
            "api-gateway",
            "gateway-2",
            1_700_000_000_000L,
            List.of(new RunningRoute(
                    "api-gateway-show-mesh",
                    "Shows.",
                    "Started",
                    Address.of("direct:api-gateway-show-mesh"),
                    List.of(),
                    1000,
                    Numbers.NONE)),
            List.of(),
            null);

    @TestConfiguration
    static class Discovery {

        @Bean
        @Primary
        ServiceDiscovery names() {
            return address -> NAMES.getOrDefault(address, List.of(address));
        }
    }

    private static ServiceMap user(String instance, RunningRoute... more) {
        List<RunningRoute> routes = new ArrayList<>(List.of(more));
        routes.add(0, USER_ENDPOINT);
        return new ServiceMap(
                "user",
                instance,
                1_700_000_000_000L,
                routes,
                List.of(),
                new ServiceMap.Source("user-grpc-endpoint", "user/endpoints/user-grpc-endpoint.yaml", "- route: {}"));
    }

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) throws IOException {
        SERVICES.register(registry);
        String first = serve("user", 200, JSON.writeValueAsString(user("here-1")));
        String second = serve("user", 200, JSON.writeValueAsString(user("here-2", USER_EXTRA)));
        // The first has two addresses, and at one more nobody is.
        NAMES.put("user.test:5010", List.of(first, second, first.replace("127.0.0.1", "localhost"), "127.0.0.1:1"));
        registry.add("user.http-address", () -> "user.test:5010");
        NAMES.put(GATEWAYS, List.of(serve("api-gateway", 200, JSON.writeValueAsString(OTHER_GATEWAY))));
        registry.add("api-gateway.http-address", () -> GATEWAYS);
        serve(registry, "cdn-edge", 401, "");
        serve(registry, "video-catalog", 200, "<html>");
        serve(registry, "encode", 0, "");
        String nobody = "127.0.0.1:1";
        registry.add("upload.http-address", () -> nobody);
        registry.add("authentication.http-address", () -> "[::1]:1");
    }

    private static void serve(DynamicPropertyRegistry registry, String service, int status, String body)
            throws IOException {
        String address = serve(service, status, body);
        registry.add(service + ".http-address", () -> address);
    }

    /** Returns the address. */
    private static String serve(String service, int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> ASKED.put(service + " " + name.toLowerCase(), values.get(0)));
            ASKED.put(service, exchange.getRequestURI().toString());
            if (status != 0) {
                StubServices.answer(exchange, status, body);
            }
        });
        server.start();
        SERVERS.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        SERVERS.forEach(server -> server.stop(0));
    }

    @Test
    void showsThoseThatAnswerAndNamesThoseThatDoNot() throws Exception {
        // The first request of all has classes to load.
        show("");
        long start = System.nanoTime();
        JsonNode data = show("?route=user-grpc-endpoint").path("data");

        // One that hangs holds the map up for its time and no longer.
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
        Map<String, Boolean> answers = new java.util.TreeMap<>();
        data.path("services")
                .forEach(service -> answers.put(
                        service.path("name").asText(), service.path("answers").asBoolean()));
        assertThat(answers)
                .isEqualTo(Map.of(
                        "api-gateway", true,
                        "user", true,
                        "authentication", false,
                        "upload", false,
                        "encode", false,
                        "video-catalog", false,
                        "cdn-edge", false));
        JsonNode endpoint = find(data.path("nodes"), "id", "user/user-grpc-endpoint");
        assertThat(find(data.path("nodes"), "id", "encode").path("kind").asText())
                .isEqualTo("SERVICE");
        assertThat(find(data.path("edges"), "to", "user/user-grpc-endpoint")
                        .path("protocol")
                        .asText())
                .isEqualTo("gRPC");
        assertThat(data.at("/source/text").asText()).isEqualTo("- route: {}");
        assertThat(data.path("bounds").size()).isEqualTo(Numbers.BOUNDS.size());
    }

    @Test
    void showsEveryInstanceOfAServiceOnceAndWhatTheyCountTogether() throws Exception {
        JsonNode data = show("").path("data");

        JsonNode user = find(data.path("services"), "name", "user");
        assertThat(user.path("instance").asText()).isEqualTo("here-1, here-2");
        assertThat(user.path("instances"))
                .extracting(one -> one.path("instance").asText())
                .containsExactlyInAnyOrder("here-1", "here-2");
        JsonNode endpoint = find(data.path("nodes"), "id", "user/user-grpc-endpoint");
        assertThat(endpoint.path("instances").asInt()).isEqualTo(2);
        assertThat(endpoint.path("in_flight").asInt()).isEqualTo(4);
        assertThat(endpoint.at("/numbers/total").asInt()).isEqualTo(18);
        assertThat(endpoint.at("/numbers/failed").asInt()).isEqualTo(2);
        assertThat(endpoint.at("/numbers/buckets/0").asInt()).isEqualTo(6);
        JsonNode extra = find(data.path("nodes"), "id", "user/user-extra");
        assertThat(extra.path("instances").asInt()).isEqualTo(1);
    }

    /** One of whose addresses is that of the gateway that is asked. */
    @Test
    void showsEveryGatewayOnce() throws Exception {
        List<String> others = NAMES.get(GATEWAYS);
        NAMES.put(GATEWAYS, List.of("127.0.0.1:" + port, others.get(0)));
        try {
            JsonNode data = show("").path("data");

            assertThat(find(data.path("services"), "name", "api-gateway").path("instances"))
                    .hasSize(2)
                    .extracting(one -> one.path("instance").asText())
                    .contains("gateway-2");
            JsonNode route = find(data.path("nodes"), "id", "api-gateway/api-gateway-show-mesh");
            assertThat(route.path("instances").asInt()).isEqualTo(2);
            assertThat(route.path("in_flight").asInt()).isGreaterThan(1000);
            JsonNode collecting = find(data.path("nodes"), "id", "api-gateway/api-gateway-collect-mesh");
            assertThat(collecting.path("instances").asInt()).isEqualTo(1);
            assertThat(ASKED).containsEntry("api-gateway", "/instance/mesh?route=");
            // Its questions are no traffic.
            assertThat(data.path("edges"))
                    .noneMatch(edge -> edge.path("details").toString().contains("/mesh"));
        } finally {
            NAMES.put(GATEWAYS, others);
        }
    }

    @Test
    void showsItsOwnMapToNobodyButGateways() throws Exception {
        URI own = URI.create("http://127.0.0.1:" + port + "/instance/mesh?route=");
        for (String token : List.of("", "forged")) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(own).header("x-user-id", "9").header("x-user-role", "admin");
            if (!token.isEmpty()) {
                request.header("x-service-token", token);
            }
            assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(token)
                    .isEqualTo(401);
        }
        show("");
        HttpRequest byAService = HttpRequest.newBuilder(own)
                .header("x-service-token", ASKED.get("user x-service-token"))
                .header("x-user-id", "9")
                .header("x-user-role", "viewer")
                .build();
        assertThat(http.send(byAService, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void asksAsAServiceForTheAdministrator() throws Exception {
        show("?route=user-grpc-endpoint");

        assertThat(ASKED)
                .containsEntry("user", "/mesh?route=user-grpc-endpoint")
                .containsEntry("user x-user-id", "9")
                .containsEntry("user x-user-role", "admin")
                .containsKey("user x-service-token")
                .doesNotContainKey("user authorization");
    }

    @Test
    void showsTheYamlOfItsOwnRoutesAndCountsThem() throws Exception {
        show("");
        JsonNode data = show("?route=api-gateway-show-mesh").path("data");

        assertThat(data.at("/source/text").asText()).startsWith("- route:\n    id: api-gateway-show-mesh\n");
        assertThat(find(data.path("nodes"), "id", "api-gateway/api-gateway-authenticate")
                        .at("/numbers/total")
                        .asInt())
                .isPositive();
        assertThat(find(data.path("nodes"), "name", "api-gateway-collect-mesh")
                        .at("/numbers/total")
                        .asInt())
                .isPositive();
        JsonNode asked = StreamSupport.stream(data.path("edges").spliterator(), false)
                .filter(edge -> edge.path("from").asText().equals("api-gateway/api-gateway-authenticate")
                        && edge.path("protocol").asText().equals("gRPC"))
                .findFirst()
                .orElseThrow();
        assertThat(asked.at("/numbers/total").asInt()).isPositive();
        assertThat(asked.at("/details/0").asText()).isEqualTo("verifyToken");
        assertThat(find(data.path("edges"), "from", "Clients").path("to").asText())
                .startsWith("api-gateway/");
    }

    @Test
    void refusesWhatIsNoNameOfARoute() throws Exception {
        assertThat(get("?route=x%26route%3Dy", "admin").statusCode()).isEqualTo(400);
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(item -> item.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + field + " " + value + " in " + list));
    }

    private JsonNode show(String query) throws Exception {
        HttpResponse<String> answer = get(query, "admin");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String query, String token) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mesh/services" + query))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
