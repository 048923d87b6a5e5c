package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An engineer edits routes of a running platform. */
@ExtendWith(SharedPlatform.class)
class LiveRoutesIT {

    /** A look twice a second and a reload, on a machine that encodes and answers a client without a pause meanwhile. */
    private static final Duration PROMISE = Duration.ofSeconds(6);

    @Test
    void makesASavedChangeLiveUnderLoadWithoutLosingARequest(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        Path file = platform.routes.resolve("api-gateway/accounts/api-gateway-show-settings.yaml");
        String original = Files.readString(file);
        AtomicBoolean on = new AtomicBoolean(true);
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> asking = IntStream.range(0, 3)
                    .mapToObj(i -> clients.submit(() -> {
                        int asked = 0;
                        for (; on.get(); asked++) {
                            Client.Answer answer = ann.get("/auth/settings");
                            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                        }
                        return asked;
                    }))
                    .toList();
            for (String language : List.of("fr", "it")) {
                // The answer of the service is overwritten in the route: seen at once by whoever asks.
                Files.writeString(
                        file,
                        original
                                + "        - setBody:\n"
                                + "            expression:\n"
                                + "              constant:\n"
                                + "                expression: '{\"data\":{\"settings\":{\"language\":\"" + language
                                + "\"}}}'\n");
                await().atMost(PROMISE).untilAsserted(() -> assertThat(ann.get("/auth/settings")
                                .data()
                                .at("/settings/language")
                                .asText())
                        .isEqualTo(language));
            }
            on.set(false);
            for (Future<Integer> asked : asking) {
                assertThat(asked.get()).isPositive();
            }
        } finally {
            on.set(false);
            clients.shutdown();
            Files.writeString(file, original);
        }
        await().atMost(PROMISE).untilAsserted(() -> assertThat(ann.get("/auth/settings")
                        .data()
                        .at("/settings/language")
                        .asText())
                .isEqualTo("en"));
    }

    @Test
    void leavesTheRunningRouteWhenTheFileIsBrokenAndSaysWhereAndWhy(PlatformProcess platform) throws Exception {
        Path file = platform.routes.resolve("api-gateway/videos/api-gateway-find-videos.yaml");
        String original = Files.readString(file);
        try {
            Files.writeString(file, original.replace("convertBodyTo", "convertBodyTwo"));
            await().atMost(PROMISE).untilAsserted(() -> assertThat(platform.output)
                    .anyMatch(line -> line.matches(".*api-gateway-find-videos\\.yaml:\\d+: .*convertBodyTwo.*")));
            assertThat(platform.log()).contains("api-gateway-find-videos.yaml:", "convertBodyTwo");
            assertThat(Client.anonymous(platform).get("/videos").status()).isEqualTo(200);
        } finally {
            Files.writeString(file, original);
        }
    }

    @Test
    void addsAnOperationToTheContract(PlatformProcess platform) throws Exception {
        Path contract = platform.routes.resolve("api-gateway/openapi.yaml");
        Path route = platform.routes.resolve("api-gateway/api-gateway-motto.yaml");
        String original = Files.readString(contract);
        AtomicBoolean on = new AtomicBoolean(true);
        ExecutorService clients = Executors.newSingleThreadExecutor();
        Future<Integer> asking = clients.submit(() -> {
            int asked = 0;
            for (; on.get(); asked++) {
                Client.Answer answer = Client.anonymous(platform).get("/videos");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            }
            return asked;
        });
        try {
            Files.writeString(route, """
                    - route:
                        id: api-gateway-motto
                        description: Says what we are about.
                        from:
                          uri: direct:api-gateway-motto
                          steps:
                            - setBody:
                                constant:
                                  expression: '{"message":"Success","data":{"motto":"Routes are the product."}}'
                    """);
            await().atMost(PROMISE)
                    .until(() -> platform.output.stream().anyMatch(line -> line.contains("api-gateway-motto")));
            Files.writeString(contract, original.replace("\npaths:\n", """

                    paths:
                      /motto:
                        get:
                          operationId: api-gateway-motto
                          responses:
                            '200':
                              description: The motto
                    """));
            await().atMost(PROMISE).untilAsserted(() -> assertThat(Client.anonymous(platform)
                            .get("/motto")
                            .data()
                            .path("motto")
                            .asText())
                    .isEqualTo("Routes are the product."));
        } finally {
            Files.writeString(contract, original);
            Files.deleteIfExists(route);
        }
        await().atMost(PROMISE)
                .until(() -> Client.anonymous(platform).get("/motto").status() == 404);
        on.set(false);
        clients.shutdown();
        assertThat(asking.get()).isPositive();
    }

    /** Each block of docs/add-a-route.md that names a file is saved as that file, in the order of the page. */
    @Test
    void addsTheRouteOfTheTutorial(PlatformProcess platform) throws Exception {
        List<String> announced = new CopyOnWriteArrayList<>();
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/ready", exchange -> {
            announced.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
        String tutorial = Files.readString(PlatformProcess.ROOT.resolve("docs/add-a-route.md"));
        Matcher blocks = Pattern.compile("`(routes/[\\w/.-]+\\.yaml)`[^`]*\n```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(tutorial);
        Path file = null;
        int steps = 0;
        try {
            while (blocks.find()) {
                steps++;
                file = platform.routes
                        .resolveSibling(platform.routes.getFileName())
                        .resolve(blocks.group(1).substring("routes/".length()));
                int lines = platform.output.size();
                Files.writeString(
                        file,
                        blocks.group(2)
                                .replace(
                                        "127.0.0.1:9000",
                                        "127.0.0.1:" + webhook.getAddress().getPort()));
                await().atMost(PROMISE)
                        .until(() -> platform.output.stream().skip(lines).anyMatch(line -> line.contains("Live: ")));
                Client ann = Client.registered(platform);
                String title = "Tutorial step " + steps;
                ann.upload(Clips.video(platform, 2, "320x180"), title, "Announced.");
                ann.await(title, "ready");
                await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(announced)
                        .anyMatch(body -> body.startsWith("application/json") && body.contains(title)));
            }
            assertThat(steps).isGreaterThanOrEqualTo(2);
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
            }
            webhook.stop(0);
        }
    }
}
