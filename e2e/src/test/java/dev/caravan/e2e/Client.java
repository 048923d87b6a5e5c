package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** A REST user, who knows the contract and nothing else. */
final class Client {

    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ENCODED = Duration.ofSeconds(180);

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private final String url;
    private final String token;

    private Client(String url, String token) {
        this.url = url;
        this.token = token;
    }

    static Client anonymous(Platform platform) {
        return new Client(platform.url(), null);
    }

    /** A new account, logged in. */
    static Client registered(Platform platform) {
        return register(platform, "user-" + UUID.randomUUID() + "@example.org", "secret-words");
    }

    static Client register(Platform platform, String email, String password) {
        Answer answer = anonymous(platform)
                .post("/auth/register", Map.of("name", "Ann Example", "email", email, "password", password));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return with(platform, password, answer);
    }

    /** Each password and token that any client of this run used. */
    static Set<String> secrets() {
        return Set.copyOf(SECRETS);
    }

    private static Client with(Platform platform, String password, Answer answer) {
        SECRETS.add(password);
        answer.data().fields().forEachRemaining(field -> {
            if (field.getKey().contains("token") && field.getValue().isTextual()) {
                SECRETS.add(field.getValue().asText());
            }
        });
        return new Client(platform.url(), answer.data().path("token").asText());
    }

    /** An account that is there. */
    static Client login(Platform platform, String email, String password) {
        Client nobody = anonymous(platform);
        // A machine that starts a platform and encodes may say "not now" to the first.
        Answer answer = Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> nobody.post("/auth/login", Map.of("email", email, "password", password)),
                        said -> said.status() != 503 && said.status() != 504);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return with(platform, password, answer);
    }

    static final String ADMIN_EMAIL = "admin@caravan.example";

    /** The account that administers the platform. */
    static Client admin(Platform platform) {
        return login(platform, ADMIN_EMAIL, platform.adminPassword());
    }

    Client withToken(String other) {
        return new Client(url, other);
    }

    String token() {
        return token;
    }

    /** What came back. */
    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }

        JsonNode data() {
            return json().path("data");
        }
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, Object body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .timeout(Duration.ofSeconds(60))
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(
                                            body instanceof String text ? text : JSON.writeValueAsString(body)));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            return send(request.build());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * A request of tus 1.0.
     *
     * @param path below the address of resumable uploads, empty for that itself
     * @param headers name, value, name, value
     */
    Answer tus(String method, String path, byte[] bytes, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/videos/upload/tus" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Tus-Resumable", "1.0.0")
                .method(
                        method,
                        bytes.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(bytes));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (method.equals("PATCH")) {
            request.header("Content-Type", "application/offset+octet-stream");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static int put(String target, byte[] bytes) {
        return send(HttpRequest.newBuilder(URI.create(target))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build())
                .status();
    }

    /** Presigned URLs, PUT, webhook. The answer is the webhook's. */
    Answer upload(byte[] video, String title, String description) {
        JsonNode presigned = post("/videos/upload/presigned-url", null).data();
        assertThat(put(presigned.path("video_url").asText(), video)).isEqualTo(200);
        return announce(presigned, title, description);
    }

    Answer announce(JsonNode presigned, String title, String description) {
        return post(
                "/videos/upload/webhook",
                Map.of(
                        "video_id",
                        presigned.path("video_id").asText(),
                        "thumbnail_id",
                        presigned.path("thumbnail_id").asText(),
                        "title",
                        title,
                        "description",
                        description));
    }

    /** The caller's own video of that title once it is in that state. */
    JsonNode await(String title, String state) {
        JsonNode video = awaitAny(title, state, "failed");
        assertThat(video.path("state").asText()).as(video.toString()).isEqualTo(state);
        return video;
    }

    /** The caller's own video of that title once it is in one of these states. */
    JsonNode awaitAny(String title, String... states) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        org.awaitility.Awaitility.await("'" + title + "' is " + String.join(" or ", states))
                .atMost(ENCODED)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    for (JsonNode video : get("/videos/mine?size=100").data().path("videos")) {
                        if (video.path("title").asText().equals(title)) {
                            found.set(video);
                        }
                    }
                    JsonNode video = found.get();
                    return video != null
                            && List.of(states).contains(video.path("state").asText());
                });
        return found.get();
    }
}
