package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events, taken by a server with the library of Standard Webhooks as it comes from npm. */
@Needs(Needs.Need.STANDARD_WEBHOOKS)
@ExtendWith(SharedPlatform.class)
class WebhooksIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private Process receiver;
    private String url;

    @BeforeEach
    void listen() throws IOException {
        receiver = new ProcessBuilder(
                        "node",
                        PlatformProcess.ROOT
                                .resolve("e2e/webhooks/receiver.mjs")
                                .toString())
                .redirectErrorStream(true)
                .start();
        receiver.getOutputStream().close();
        Thread reader = new Thread(this::read, "receiver-output");
        reader.setDaemon(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> !said.isEmpty());
        assertThat(said.get(0)).startsWith("port ");
        url = "http://127.0.0.1:" + said.get(0).substring("port ".length());
    }

    @AfterEach
    void close() {
        receiver.destroy();
    }

    @Test
    void areVerifiedByTheLibraryOfTheSpecificationFromTheUploadToTheEnd(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        JsonNode made = ann.post("/webhooks", Map.of("url", url)).data();
        tell(made.path("secret").asText());

        ann.upload(Clips.video(platform, 2, "320x180"), "Told", "To a server.");
        ann.await("Told", "ready");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(said)
                .contains("took video.uploaded", "took video.encoding", "took video.ready")
                .noneMatch(line -> line.startsWith("refused")));
        await().atMost(PATIENCE).until(() -> states(ann, made).equals(List.of("delivered")));
    }

    @Test
    void areVerifiedWithTheFormerSecretAndWithNoOther(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        JsonNode made = ann.post("/webhooks", Map.of("url", url)).data();
        String webhook = "/webhooks/" + made.at("/webhook/id").asText();
        tell(made.path("secret").asText());

        assertThat(ann.post(webhook + "/secret", Map.of()).status()).isEqualTo(200);
        assertThat(ann.post(webhook + "/test", Map.of()).status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> said.contains("took webhook.test"));

        tell("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
        ann.post(webhook + "/test", Map.of());
        await().atMost(PATIENCE).until(() -> said.stream().anyMatch(line -> line.startsWith("refused")));
    }

    private static List<String> states(Client owner, JsonNode made) {
        return owner
                .get("/webhooks/" + made.at("/webhook/id").asText() + "/deliveries")
                .data()
                .path("deliveries")
                .findValuesAsText("state")
                .stream()
                .distinct()
                .toList();
    }

    private void tell(String secret) {
        assertThat(Client.send(HttpRequest.newBuilder(URI.create(url))
                                .PUT(BodyPublishers.ofString(secret))
                                .build())
                        .status())
                .isEqualTo(204);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(receiver.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            said.add("(" + e.getMessage() + ")");
        }
    }
}
