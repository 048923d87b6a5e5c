package dev.caravan.apigateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway of four workers and clients that take their time: all workers come back. */
@SpringBootTest(
        classes = ApiGatewayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,api-gateway",
            "spring.application.name=api-gateway",
            "server.tomcat.threads.max=4",
            "server.tomcat.connection-timeout=3s",
            "api-gateway.longest-head=2s",
            "api-gateway.longest-body=1s",
            "api-gateway.longest-answer=1s",
            "api-gateway.max-uploads=2",
            "api-gateway.max-captions-at-a-time=2",
            "api-gateway.rate-per-address=1000000",
            "api-gateway.rate-per-user=1000000"
        })
@DirtiesContext
@Timeout(120)
class LimitsTest {

    private static final int WORKERS = 4;
    private static final String PUT_CAPTIONS = "videocatalog.VideoCatalogService/PutCaptions";
    private static final StubServices SERVICES = new StubServices();

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Raw> clients = new ArrayList<>();
    private final AtomicBoolean dripping = new AtomicBoolean(true);

    @DynamicPropertySource
    static void services(DynamicPropertyRegistry registry) {
        SERVICES.register(registry);
    }

    @BeforeEach
    void everybodyIsWell() {
        SERVICES.reset();
    }

    @AfterEach
    void hangUp() throws Exception {
        dripping.set(false);
        for (Raw client : clients) {
            client.close();
        }
    }

    @Test
    void turnsAwayWhoeverDripsItsBody() throws Exception {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int index = 0; index < WORKERS * 2; index++) {
            Raw client = client().say("POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
            drip(client);
            answers.add(CompletableFuture.supplyAsync(client::hearOut, task -> new Thread(task).start()));
        }

        assertIsServed();
        for (CompletableFuture<String> answer : answers) {
            assertThat(answer.get())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("Connection: close", "urn:caravan:problem:body-too-slow");
        }
        assertThat(SERVICES.methods()).doesNotContain("auth.AuthenticationService/Login");
    }

    @Test
    void turnsAwayWhoeverSendsNoBodyAtAll() throws Exception {
        for (int index = 0; index < WORKERS * 2; index++) {
            client().say("POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
        }

        assertIsServed();
        assertThat(clients.get(0).hearOut()).startsWith("HTTP/1.1 408 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/login", "/videos/upload"})
    void keepsNoWorkerForTheRestOfABodyThatItHasRefused(String path) throws Exception {
        for (int index = 0; index < WORKERS * 2; index++) {
            drip(client().say("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: video/mp4\r\n"
                    + "Content-Length: 1000000\r\n\r\n"));
        }

        assertIsServed();
        assertThat(clients.get(0).hear(12)).isIn("HTTP/1.1 413", "HTTP/1.1 401");
    }

    @Test
    void letsSlowHeadersHoldNoWorker() throws Exception {
        for (int index = 0; index < WORKERS * 4; index++) {
            client().say("GET /videos HTTP/1.1\r\nHost: a\r\nx: ");
        }

        assertIsServed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /vid",
                "GET /videos HTTP/1.1\r\nHost: a\r\nx: ",
                "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\nGET /videos HTTP/1.1\r\nx: "
            })
    void hangsUpOnWhoeverDripsItsHeaders(String beginning) throws Exception {
        Raw client = client().say(beginning);
        long begun = System.nanoTime();
        drip(client);

        client.hearOut();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(20));
    }

    @Test
    void keepsAConnectionWhoseHeadsComeInPiecesButInTime() throws Exception {
        Raw client = client();
        for (int request = 0; request < 5; request++) {
            client.say("GET /openapi.yaml HTTP/1.1\r\nHost: a\r\nRange: bytes=0-0\r\nx: ");
            await().pollDelay(Duration.ofMillis(700)).until(() -> true);
            client.say("1\r\n\r\n");
            assertThat(client.hearThrough("\r\n\r\n")).startsWith("HTTP/1.1 206");
            client.hear(1);
        }
    }

    @Test
    void hangsUpOnWhoeverTakesAnAnswerTooSlowly() throws Exception {
        String largest = "GET /webjars/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int index = 0; index < WORKERS * 2; index++) {
            Raw client = client();
            // More than fits into the buffers on the way.
            client.say(largest.repeat(20));
            sip(client);
        }

        assertIsServed();
    }

    @Test
    void forwardsSoManyUploadsAtATimeAndIsServingMeanwhile() throws Exception {
        AtomicInteger underway = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        SERVICES.answerHttp(exchange -> {
            underway.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            StubServices.answer(exchange, 201, "{}");
        });
        List<CompletableFuture<HttpResponse<String>>> uploads = new ArrayList<>();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            // A machine with much to do may have had no time to say who the first caller is.
            uploads.removeIf(CompletableFuture::isDone);
            while (uploads.size() < 2) {
                uploads.add(upload());
            }
            return underway.get() == 2;
        });

        HttpResponse<String> refused = upload().get();

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("10");
        assertThat(refused.body()).contains("urn:caravan:problem:too-many-uploads");
        assertIsServed();
        end.countDown();
        for (CompletableFuture<HttpResponse<String>> upload : uploads) {
            assertThat(upload.get().statusCode()).isEqualTo(201);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(upload().get().statusCode()).isEqualTo(201));
    }

    @Test
    void takesSoManyLargeCaptionsAtATimeAndSmallOnesMeanwhile() throws Exception {
        SERVICES.fail(PUT_CAPTIONS, StubServices.Failure.SILENT);
        List<CompletableFuture<HttpResponse<String>>> large = List.of(captions(100_000), captions(100_000));
        await().atMost(Duration.ofMinutes(1)).until(() -> captionsTaken() == 2);

        HttpResponse<String> refused = captions(100_000).get();
        CompletableFuture<HttpResponse<String>> small = captions(100);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).contains("5");
        assertThat(refused.body()).contains("urn:caravan:problem:too-many-files");
        for (CompletableFuture<HttpResponse<String>> each : large) {
            assertThat(each.get().statusCode()).isEqualTo(504);
        }
        assertThat(small.get().statusCode()).isEqualTo(504);
        SERVICES.reset();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(captions(100_000).get().statusCode()).isEqualTo(200));
    }

    private static long captionsTaken() {
        return SERVICES.methods().stream().filter(PUT_CAPTIONS::equals).count();
    }

    /** @param length in bytes */
    private CompletableFuture<HttpResponse<String>> captions(int length) {
        return http.sendAsync(
                HttpRequest.newBuilder(uri("/videos/3/captions/en"))
                        .header("Authorization", "Bearer user")
                        .PUT(HttpRequest.BodyPublishers.ofString("x".repeat(length)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void givesUpAnUploadThatStops() throws Exception {
        for (int index = 0; index < 2; index++) {
            client().say(
                            "POST /videos/upload?title=T&description=D HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer user\r\n"
                                    + "Content-Type: video/mp4\r\nContent-Length: 1000000\r\n\r\nstart");
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(upload().get().statusCode()).isEqualTo(201));
    }

    @Test
    void readsNoFormIntoMemoryThatSomebodySendsAsAnUpload() throws Exception {
        String answer = client().say("POST /videos/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5\r\n\r\na=b&c")
                .hearOut();

        assertThat(answer).startsWith("HTTP/1.1 415 ");
        assertThat(SERVICES.calls()).isEmpty();
    }

    private Raw client() throws Exception {
        Raw client = new Raw(port);
        clients.add(client);
        return client;
    }

    /** Byte by byte, each before the container loses its patience, until the other side does. */
    private void drip(Raw client) {
        repeat(() -> client.say("x"));
    }

    /** Enough for the container to see something go, so that it does not lose its patience. */
    private void sip(Raw client) {
        repeat(() -> client.hear(16_384));
    }

    private interface Step {
        void go() throws Exception;
    }

    private void repeat(Step step) {
        Thread thread = new Thread(() -> await().pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    try {
                        step.go();
                        return !dripping.get();
                    } catch (java.io.IOException e) {
                        return true;
                    }
                }));
        thread.setDaemon(true);
        thread.start();
    }

    /** However many hold a worker: the next client gets its answer. */
    private void assertIsServed() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(http.send(
                                HttpRequest.newBuilder(uri("/videos"))
                                        .timeout(Duration.ofSeconds(20))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200));
    }

    private CompletableFuture<HttpResponse<String>> upload() {
        return http.sendAsync(
                HttpRequest.newBuilder(uri("/videos/upload?title=T&description=D"))
                        .header("Content-Type", "video/mp4")
                        .header("Authorization", "Bearer user")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[100_000]))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
