package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Used rightly and wrongly, a platform tells no key, token, signature or password: not in its logs, its spans, its metrics, its
 * map, its dead letters or its answers to anybody else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

    /** What a shorter text would be found by chance as. */
    private static final int SHORTEST = 12;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TracedPlatform traced;
    private PlatformProcess platform;

    @BeforeAll
    void startATracedPlatform() throws Exception {
        traced = new TracedPlatform("secrets");
        platform = traced.platform;
    }

    @AfterAll
    void end() {
        if (traced != null) {
            traced.close();
        }
    }

    @Test
    void areToldNowhere() throws Exception {
        Set<String> secrets = new LinkedHashSet<>();
        Secrets.use(platform, secrets);
        useSessions(secrets);
        Client admin = Client.admin(platform);
        List<String> inMessages = putAside(admin, secrets);
        secrets.addAll(Secrets.keys(platform));
        secrets.addAll(Client.secrets());
        secrets.removeIf(secret -> secret.length() < SHORTEST);
        assertThat(secrets).hasSizeGreaterThan(20);

        Map<String, String> places = new LinkedHashMap<>();
        places.put("dead letters", deadLetters(admin, inMessages.size()));
        places.put("map", map(admin));
        metrics().forEach((service, text) -> places.put("metrics of " + service, text));
        await().atMost(PATIENCE).until(() -> traced.receiver.text().contains("ffmpeg"));
        places.put("spans", traced.receiver.text());
        Secrets.logs(platform).forEach((file, text) -> places.put("log " + file.getFileName(), text));
        places.put("output", String.join("\n", platform.output));

        assertThat(places.keySet())
                .contains("metrics of encode", "metrics of authentication", "log caravan.log", "log caravan.log.json");
        places.forEach((place, text) -> {
            assertThat(text).as(place).isNotBlank();
            assertThat(secrets.stream().filter(text::contains))
                    .as("secrets in the %s", place)
                    .isEmpty();
        });
    }

    /** Refreshes, uses a refresh token twice, changes the password, logs out. */
    private void useSessions(Set<String> secrets) {
        String email = "discreet@example.org";
        String password = "a-password-of-this-test";
        String next = "the-next-password-of-this-test";
        secrets.add(next);
        Client.register(platform, email, password);
        Client anyone = Client.anonymous(platform);
        JsonNode session = anyone.post("/auth/login", Map.of("email", email, "password", password))
                .data();
        Client ann = anyone.withToken(session.path("token").asText());
        for (JsonNode data : List.of(
                session,
                anyone.post(
                                "/auth/refresh",
                                Map.of(
                                        "refresh_token",
                                        session.path("refresh_token").asText()))
                        .data(),
                anyone.post(
                                "/auth/refresh",
                                Map.of(
                                        "refresh_token",
                                        session.path("refresh_token").asText()))
                        .data())) {
            data.fields().forEachRemaining(field -> {
                if (field.getKey().contains("token") && field.getValue().isTextual()) {
                    secrets.add(field.getValue().asText());
                }
            });
        }
        ann.call("PUT", "/auth/password", Map.of("current_password", password, "new_password", next));
        ann.post("/auth/logout", null);
        anyone.post("/auth/login", Map.of("email", email, "password", next, "token", password));
    }

    /** Messages that nothing can be done with, whose senders left secrets in their headers. */
    private List<String> putAside(Client admin, Set<String> secrets) throws Exception {
        List<String> queues = List.of("EncodeService", "EncodeEvents", "UploadEvents", "VideoCatalogEvents");
        secrets.add("a-token-in-a-header");
        secrets.add("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl");
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .contentType("application/json")
                .headers(Map.of(
                        "authorization", "Bearer a-token-in-a-header",
                        "x-service-token", "a-token-in-a-header",
                        "x-note", "sent by eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
                        "cookie", "session=a-token-in-a-header"))
                .build();
        try (Connection connection = broker().newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            for (String queue : queues) {
                channel.basicPublish(
                        "", queue, true, properties, "{\"key\": \"Nothing\"}".getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie(10_000);
        }
        await().atMost(PATIENCE).until(() -> letters(admin).size() >= queues.size());
        return queues;
    }

    private static JsonNode letters(Client admin) {
        return admin.get("/dead-letters?size=50").data().path("dead_letters");
    }

    private static String deadLetters(Client admin, int expected) {
        List<String> texts = new ArrayList<>();
        JsonNode letters = letters(admin);
        letters.forEach(letter -> texts.add(
                admin.get("/dead-letters/" + letter.path("id").asText()).body()));
        assertThat(texts).hasSizeGreaterThanOrEqualTo(expected);
        return letters + String.join("\n", texts);
    }

    private static String map(Client admin) {
        Client.Answer mesh = admin.get("/mesh/services");
        assertThat(mesh.status()).as(mesh.body()).isEqualTo(200);
        Client.Answer route = admin.get("/mesh/services?route=authentication-login");
        assertThat(route.body()).contains("authentication-login");
        return mesh.body() + route.body();
    }

    private Map<String, String> metrics() throws IOException {
        Map<String, String> metrics = new LinkedHashMap<>();
        for (JsonNode target :
                Client.JSON.readTree(Files.readAllBytes(platform.data.resolve("prometheus-targets.json")))) {
            Client.Answer answer = Client.send(HttpRequest.newBuilder(
                            URI.create("http://" + target.at("/targets/0").asText() + "/metrics"))
                    .build());
            assertThat(answer.status()).isEqualTo(200);
            metrics.put(target.at("/labels/job").asText(), answer.body());
        }
        return metrics;
    }

    private ConnectionFactory broker() throws IOException {
        String line = platform.awaitLine("AMQP broker");
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        factory.setUsername("caravan");
        factory.setPassword(
                Files.readString(platform.data.resolve("amqp/password")).strip());
        return factory;
    }
}
