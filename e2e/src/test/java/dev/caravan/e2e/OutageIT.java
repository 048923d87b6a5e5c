package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.embedded.AmqpBroker;
import dev.caravan.embedded.PostgresServer;
import dev.caravan.embedded.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client sees while one of the servers below is stopped, and that all comes back by itself. */
class OutageIT {

    private static final String PASSWORD = "secret-words";
    private static final Duration BACK = Duration.ofSeconds(60);
    /**
     * Health is what a service found when it last looked: every 2 s, and a look waits 3 s for a database that is down. Twice
     * that, for a machine that has more to do.
     */
    private static final Duration NOTICED = Duration.ofSeconds(10);

    private static final Path DATA = Path.of("target/e2e/outage").toAbsolutePath();
    private static PostgresServer postgres;
    private static RedisServer redis;
    private static AmqpBroker broker;
    private static PlatformProcess platform;

    private final String email = "user-" + UUID.randomUUID() + "@example.org";

    @BeforeAll
    static void start() throws IOException {
        SharedPlatform.delete(DATA);
        SharedPlatform.delete(Path.of(DATA + "-routes"));
        postgres = PostgresServer.start(DATA.resolve("postgresql"), 0);
        redis = RedisServer.start(DATA.resolve("redis"), 0);
        broker = AmqpBroker.start(DATA.resolve("amqp"), 0);
        platform = PlatformProcess.start(
                DATA.resolve("platform"),
                PlatformProcess.freePort(),
                Map.of(
                        "POSTGRESQL_URL",
                        "postgresql://" + postgres.username() + ":" + postgres.password() + "@127.0.0.1:"
                                + postgres.port(),
                        "REDIS_URL",
                        redis.url(),
                        "AMQP_URL",
                        "amqp://" + broker.username() + ":" + broker.password() + "@127.0.0.1:" + broker.port() + "/"),
                "--no-demo");
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable running : new AutoCloseable[] {platform, broker, redis, postgres}) {
            if (running != null) {
                running.close();
            }
        }
    }

    @Test
    void letsUsersInAndKeepsRevokedTokensOutWithoutRedis() {
        Client ann = Client.register(platform, email, PASSWORD);
        Client before = Client.login(platform, email, PASSWORD);
        assertThat(before.post("/auth/logout", null).status()).isEqualTo(200);

        redis.close();
        Client meanwhile;
        try {
            meanwhile = Client.login(platform, email, PASSWORD);
            assertThat(meanwhile.get("/auth/profile").status()).isEqualTo(200);
            assertThat(meanwhile.post("/auth/logout", null).status()).isEqualTo(200);
            assertRevoked(before);
            assertRevoked(meanwhile);
            assertThat(ann.get("/auth/profile").status()).isEqualTo(200);
        } finally {
            redis = RedisServer.start(DATA.resolve("redis"), redis.port());
        }

        // Whatever Redis has come to know by now.
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertRevoked(before);
            assertRevoked(meanwhile);
            assertThat(ann.get("/auth/profile").status()).isEqualTo(200);
        });
        awaitHealthy();
    }

    @Test
    void saysWhenToComeBackWithoutPostgresql() {
        Client ann = Client.register(platform, email, PASSWORD);
        Map<String, Supplier<Client.Answer>> calls = new LinkedHashMap<>();
        calls.put("list", () -> Client.anonymous(platform).get("/videos"));
        calls.put("profile", () -> ann.get("/auth/profile"));
        calls.put("login", () -> Client.anonymous(platform)
                .post("/auth/login", Map.of("email", email, "password", PASSWORD)));
        calls.put("upload", () -> ann.post("/videos/upload/presigned-url", null));
        atOnce(calls)
                .forEach((name, answer) -> assertThat(answer.status()).as(name).isEqualTo(200));

        postgres.close();
        try {
            atOnce(calls).forEach(OutageIT::assertUnavailable);
            await("health says so").atMost(NOTICED).untilAsserted(() -> assertThat(
                            Client.anonymous(platform).get("/health").status())
                    .isEqualTo(503));
        } finally {
            postgres = PostgresServer.start(DATA.resolve("postgresql"), postgres.port());
        }

        await().atMost(BACK).untilAsserted(() -> atOnce(calls)
                .forEach((name, answer) -> assertThat(answer.status()).as(name).isEqualTo(200)));
        awaitHealthy();
    }

    @Test
    void acceptsUploadsAndPlaysVideosWithoutTheBroker() {
        Client ann = Client.register(platform, email, PASSWORD);
        byte[] clip = Clips.video(platform, 2, "320x180");
        ann.upload(clip, "Before", "Ready before the outage.");
        int before = ann.await("Before", "ready").path("id").asInt();

        broker.close();
        try {
            assertThat(ann.upload(clip, "Meanwhile", "Waits for the broker.").status())
                    .isEqualTo(200);
            Client.Answer playback = Client.anonymous(platform).get("/videos/" + before);
            assertThat(playback.status()).isEqualTo(200);
            assertThat(Client.send(HttpRequest.newBuilder(URI.create(
                                            playback.data().path("manifest_url").asText()))
                                    .build())
                            .status())
                    .isEqualTo(200);
            assertThat(Client.anonymous(platform).get("/health").status()).isEqualTo(200);
            assertThat(ann.get("/videos/mine").data().path("total").asInt()).isEqualTo(1);
        } finally {
            broker = AmqpBroker.start(DATA.resolve("amqp"), broker.port());
        }

        ann.await("Meanwhile", "ready");
        awaitHealthy();
    }

    /** Each waits for what is down as long as it may. */
    private static Map<String, Client.Answer> atOnce(Map<String, Supplier<Client.Answer>> calls) {
        Map<String, CompletableFuture<Client.Answer>> begun = new LinkedHashMap<>();
        calls.forEach(
                (name, call) -> begun.put(name, CompletableFuture.supplyAsync(call, task -> new Thread(task).start())));
        Map<String, Client.Answer> answers = new LinkedHashMap<>();
        begun.forEach((name, answer) -> answers.put(name, answer.join()));
        return answers;
    }

    private static void assertRevoked(Client client) {
        assertThat(client.get("/auth/profile").status()).isEqualTo(401);
    }

    private static void assertUnavailable(String what, Client.Answer answer) {
        assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(503);
        assertThat(answer.response().headers().firstValueAsLong("retry-after").orElse(0))
                .as(what)
                .isPositive();
        assertThat(answer.json().path("message").asText()).as(what).isEqualTo("Service Unavailable");
    }

    private static void awaitHealthy() {
        await("all is healthy").atMost(BACK).untilAsserted(() -> assertThat(
                        Client.anonymous(platform).get("/health").status())
                .isEqualTo(200));
    }
}
