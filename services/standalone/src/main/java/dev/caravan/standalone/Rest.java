package dev.caravan.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform's REST API, as any client calls it. */
final class Rest {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;

    Rest(String url) {
        this.url = url;
    }

    String url() {
        return url;
    }

    HttpClient http() {
        return http;
    }

    /**
     * @return the answer's data
     * @throws RefusedException when the platform refuses the call, with its reason
     * @throws IOException when the platform can't be reached
     */
    JsonNode call(String method, String path, @Nullable String token, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        return JSON.readTree(answer(
                        method,
                        path,
                        token,
                        "application/json",
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString())))
                .path("data");
    }

    /** As {@link #call}, putting a file of text. */
    JsonNode send(String path, String token, Path file) throws IOException, InterruptedException {
        return JSON.readTree(answer("PUT", path, token, "text/plain", HttpRequest.BodyPublishers.ofFile(file)))
                .path("data");
    }

    /** As {@link #call}, of an answer that is text. */
    String text(String path, String token) throws IOException, InterruptedException {
        return answer("GET", path, token, "application/json", HttpRequest.BodyPublishers.noBody());
    }

    private String answer(
            String method, String path, @Nullable String token, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .method(method, body);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            JsonNode content = JSON.readTree(answer.body());
            JsonNode errors = content.path("data").path("errors");
            throw new RefusedException(
                    answer.statusCode(),
                    method + " " + path + " answered " + answer.statusCode() + ": "
                            + content.path("detail").asText() + (errors.isMissingNode() ? "" : " " + errors));
        }
        return answer.body();
    }
}
