package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only services that run apart can show: several of one kind side by side, and one that goes while others work. */
@Tag(SharedPlatform.APART)
@ExtendWith(SharedPlatform.class)
class ApartIT {

    @Test
    void sharesTheWorkBetweenItsEncodeWorkers(ApartPlatform platform) {
        Client ann = Client.registered(platform);
        byte[] clip = Clips.video(platform, 6, "640x360");
        List<String> titles = List.of("Shared 1", "Shared 2", "Shared 3", "Shared 4");
        titles.forEach(title -> ann.upload(clip, title, "One of several.").status());

        Set<String> workers = new HashSet<>();
        for (String title : titles) {
            List<JsonNode> attempts = attempts(ann, ann.await(title, "ready"));
            assertThat(attempts).as(title).hasSize(1);
            workers.add(attempts.get(0).path("worker").asText());
        }

        assertThat(workers).hasSize(2);
    }

    @Test
    void handsWhatItEncodesToAnotherWorkerWhenItStops(ApartPlatform platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 90, "854x480"), "Handed on", "Begun by one, done by another.");
        Instance busy = busyWorker(platform);

        busy.stop();
        try {
            JsonNode video = ann.await("Handed on", "ready");

            assertThat(attempts(ann, video))
                    .extracting(attempt -> attempt.path("outcome").asText())
                    .containsExactly("handed-back", "succeeded");
        } finally {
            busy.start().awaitReady();
        }
    }

    @Test
    void keepsNothingInAGatewayThatAnotherLacks(ApartPlatform platform) {
        Platform one = platform.through(platform.instance("api-gateway", 1));
        Platform other = platform.through(platform.instance("api-gateway", 2));
        String email = "two-gateways@example.org";
        Client ann = Client.register(one, email, "secret-words");

        Client sameAnn = Client.anonymous(other).withToken(ann.token());
        assertThat(sameAnn.get("/auth/profile").data().at("/user/email").asText())
                .isEqualTo(email);
        assertThat(sameAnn.post("/auth/logout", null).status()).isEqualTo(200);
        assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
        assertThat(Client.login(other, email, "secret-words")
                        .get("/auth/profile")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void losesNoRequestWhenOneOfSeveralInstancesStops(ApartPlatform platform) {
        Client anyone = Client.anonymous(platform);
        Instance leaving = platform.instance("video-catalog", 1);
        AtomicBoolean going = new AtomicBoolean(true);
        List<Integer> answers = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(
                () -> {
                    while (going.get()) {
                        answers.add(anyone.get("/videos").status());
                    }
                },
                task -> new Thread(task).start());
        try {
            awaitMore(answers);
            leaving.stop();
            awaitMore(answers);
        } finally {
            going.set(false);
            traffic.join();
            leaving.start().awaitReady();
        }

        assertThat(answers).containsOnly(200);
    }

    private static void awaitMore(List<Integer> answers) {
        int so = answers.size();
        await("more answers").atMost(Duration.ofSeconds(60)).until(() -> answers.size() >= so + 20);
    }

    @Test
    void answersWhatIsInProgressWhenAGatewayStops(ApartPlatform platform) throws Exception {
        Instance gateway = platform.instance("api-gateway", 2);
        URI url = URI.create(platform.through(gateway).url());
        byte[] body =
                "{\"email\":\"nobody@example.org\",\"password\":\"secret-words\"}".getBytes(StandardCharsets.UTF_8);
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = client.getOutputStream();
            out.write(
                    ("POST /auth/login HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(body, 0, 10);
            out.flush();
            await().atMost(Duration.ofSeconds(5)).until(gateway::isReady);

            gateway.askToEnd();
            await("no further request is taken").atMost(Duration.ofSeconds(10)).until(() -> !gateway.isReady());
            out.write(body, 10, body.length - 10);
            out.flush();

            byte[] answer = new byte[12];
            client.getInputStream().readNBytes(answer, 0, answer.length);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
            gateway.awaitEnd();
        } finally {
            gateway.start().awaitReady();
        }
    }

    @Test
    void isReadyWhenItsRoutesRunWhateverItsDatabaseDoes(ApartPlatform platform) throws Exception {
        for (String service :
                List.of("user", "authentication", "upload", "encode", "video-catalog", "cdn-edge", "api-gateway")) {
            assertThat(platform.instances(service)).allMatch(Instance::isReady).allMatch(Instance::isLive);
        }
        // Neither its port can open, nor is its database there.
        Instance kept = platform.another(
                "upload",
                Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:" + PlatformProcess.freePort() + "/none"));
        try {
            try (ServerSocket taken =
                    new ServerSocket(platform.grpcPort("upload"), 1, InetAddress.getByName(kept.host))) {
                kept.start();
                await("it lives").atMost(Duration.ofSeconds(90)).until(kept::isLive);
                await("it is not ready while its port can't open")
                        .during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> taken.isBound() && kept.isLive() && !kept.isReady());
            }
            kept.awaitReady();
        } finally {
            kept.stop();
        }
    }

    @Test
    void cancelsAndDeletes(ApartPlatform platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 2, "320x180"), "Deleted", "Soon gone.");
        JsonNode ready = ann.await("Deleted", "ready");
        String manifest = Client.anonymous(platform)
                .get("/videos/" + ready.path("id").asInt())
                .data()
                .path("manifest_url")
                .asText();
        assertThat(fetch(manifest)).isEqualTo(200);

        assertThat(ann.call("DELETE", "/videos/" + ready.path("id").asInt() + "?permanently=true", null)
                        .status())
                .isEqualTo(200);

        assertThat(ann.get("/videos/" + ready.path("id").asInt()).status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(30)).until(() -> fetch(manifest) == 404);

        ann.upload(Clips.video(platform, 90, "854x480"), "Cancelled", "Not to be.");
        Instance busy = busyWorker(platform);
        JsonNode running = ann.awaitAny("Cancelled", "encoding", "playable");
        assertThat(ann.post("/videos/" + running.path("id").asInt() + "/cancel", null)
                        .status())
                .isEqualTo(200);
        assertThat(ann.await("Cancelled", "failed").path("failure").asText()).isNotBlank();
        await("its ffmpeg is ended").atMost(Duration.ofSeconds(30)).until(() -> !busy.runs("ffmpeg"));
    }

    private static Instance busyWorker(ApartPlatform platform) {
        return await("a worker encodes")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> platform.instances("encode").stream()
                                .filter(worker -> worker.runs("ffmpeg"))
                                .toList(),
                        workers -> !workers.isEmpty())
                .get(0);
    }

    private static List<JsonNode> attempts(Client owner, JsonNode video) {
        List<JsonNode> attempts = new ArrayList<>();
        Client.Answer answer = owner.get("/videos/" + video.path("id").asInt() + "/encoding");
        answer.data().at("/encoding/attempts").forEach(attempts::add);
        assertThat(attempts).as(answer.body()).isNotEmpty();
        return attempts;
    }

    private static int fetch(String url) {
        return Client.send(java.net.http.HttpRequest.newBuilder(URI.create(url)).build())
                .status();
    }
}
