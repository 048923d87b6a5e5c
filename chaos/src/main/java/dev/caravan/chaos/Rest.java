package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows the contract, and notes every answer that is a lie: a status that says something else than "it worked"
 * or "not now", or a "not now" that does not say when.
 */
final class Rest {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> NOT_NOW = Set.of(503, 504);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String url;
    private final Map<String, AtomicInteger> lies = new ConcurrentSkipListMap<>();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentSkipListMap<>();

    Rest(String url) {
        this.url = url;
    }

    /** What came back; status 0 when nothing did. */
    record Answer(int status, JsonNode json) {

        boolean worked() {
            return status >= 200 && status < 300;
        }

        JsonNode data() {
            return json.path("data");
        }
    }

    /** @param expected statuses that are true here, beside success and "not now" */
    Answer call(String method, String path, @Nullable String token, @Nullable JsonNode body, int... expected)
            throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(
                method,
                path,
                request,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.toString()),
                expected);
    }

    /** A whole video in one request, under a key of its own: it may be sent again. */
    Answer upload(String token, String title, byte[] video) throws InterruptedException {
        // 404 and 409: one that was sent before is still at it.
        return send(
                "POST",
                "/videos/upload?title=" + title + "&description=direct",
                HttpRequest.newBuilder()
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "video/mp4")
                        .header("Idempotency-Key", title),
                HttpRequest.BodyPublishers.ofByteArray(video),
                404,
                409,
                429);
    }

    private Answer send(
            String method, String path, HttpRequest.Builder builder, HttpRequest.BodyPublisher body, int... expected)
            throws InterruptedException {
        HttpRequest.Builder request = builder.uri(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        String what = method + " " + path.replaceAll("\\?.*", "").replaceAll("/\\d+", "/{id}");
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            check(what, response, expected);
            return new Answer(response.statusCode(), json(response.body()));
        } catch (IOException e) {
            lie(what + ": no answer, " + e);
            return new Answer(0, MissingNode.getInstance());
        }
    }

    private void check(String what, HttpResponse<String> response, int... expected) {
        int status = response.statusCode();
        answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
        if (status >= 200 && status < 300) {
            return;
        }
        for (int known : expected) {
            if (status == known) {
                return;
            }
        }
        if (!NOT_NOW.contains(status)) {
            lie(what + ": " + status + " "
                    + json(response.body()).path("detail").asText());
        } else if (response.headers().firstValue("Retry-After").isEmpty()) {
            lie(what + ": " + status + " without Retry-After");
        }
    }

    void lie(String text) {
        lies.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
    }

    /** PUT to a presigned URL; whether it was stored. */
    boolean put(String target, byte[] bytes) throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(target))
                                            .timeout(Duration.ofSeconds(20))
                                            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            // The object store is one of the things that are broken.
            return false;
        }
    }

    /** The status of any URL; 0 without an answer. */
    int get(String target) throws InterruptedException {
        HttpResponse<Void> response = fetch(target, HttpResponse.BodyHandlers.discarding());
        return response == null ? 0 : response.statusCode();
    }

    /** What any URL answers with 200; empty for all other answers, and none. */
    String text(String target) throws InterruptedException {
        HttpResponse<String> response = fetch(target, HttpResponse.BodyHandlers.ofString());
        return response != null && response.statusCode() == 200 ? response.body() : "";
    }

    private <T> @Nullable HttpResponse<T> fetch(String target, HttpResponse.BodyHandler<T> handler)
            throws InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(target))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    handler);
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    Map<String, Integer> lies() {
        Map<String, Integer> counts = new TreeMap<>();
        lies.forEach((text, count) -> counts.put(text, count.get()));
        return counts;
    }

    Map<Integer, Integer> answers() {
        Map<Integer, Integer> counts = new TreeMap<>();
        answers.forEach((status, count) -> counts.put(status, count.get()));
        return counts;
    }
}
