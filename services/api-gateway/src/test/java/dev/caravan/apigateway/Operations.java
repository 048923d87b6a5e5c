package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The operations of openapi.yaml, each with a request that it takes. */
final class Operations {

    /**
     * One operation.
     *
     * @param access x-access
     * @param security what the contract says of it; missing when nothing
     * @param body JSON that is accepted; null when none is taken
     */
    record Operation(
            String id, String method, String path, String access, JsonNode security, JsonNode responses, String body) {

        /** Whether the upload service answers it, and takes its body as a stream. */
        boolean isUpload() {
            return path.equals("/videos/upload") || path.startsWith("/videos/upload/tus");
        }

        /** Whether it has bytes of a video as its body. */
        boolean bringsBytes() {
            return isUpload() && (method.equals("POST") || method.equals("PATCH"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("api-gateway-register", "{\"name\":\"Ann\",\"email\":\"a@b.cd\",\"password\":\"secret\"}"),
            Map.entry("api-gateway-login", "{\"email\":\"a@b.cd\",\"password\":\"secret\"}"),
            Map.entry("api-gateway-refresh-session", "{\"refresh_token\":\"r\"}"),
            Map.entry("api-gateway-update-profile", "{\"name\":\"Ann\"}"),
            Map.entry("api-gateway-change-password", "{\"current_password\":\"old\",\"new_password\":\"newer\"}"),
            Map.entry("api-gateway-delete-account", "{\"current_password\":\"secret\"}"),
            Map.entry("api-gateway-change-email", "{\"email\":\"a@b.cd\",\"current_password\":\"secret\"}"),
            Map.entry("api-gateway-set-quota", "{\"max_videos\":7}"),
            Map.entry("api-gateway-prioritize-video", "{\"priority\":80}"),
            Map.entry(
                    "api-gateway-save-settings",
                    "{\"language\":\"en\",\"autoplay\":true,\"preferred_max_resolution\":0,\"email_notices\":false}"),
            Map.entry(
                    "api-gateway-announce-upload",
                    "{\"video_id\":\"v\",\"thumbnail_id\":\"t\",\"title\":\"T\",\"description\":\"D\"}"),
            Map.entry("api-gateway-edit-dead-letter", "{\"body\":\"{}\"}"),
            Map.entry("api-gateway-update-video", "{\"title\":\"T\"}"),
            Map.entry("api-gateway-change-videos", "{\"ids\":[3],\"action\":\"trash\"}"),
            Map.entry("api-gateway-create-link", "{}"),
            Map.entry("api-gateway-create-webhook", "{\"url\":\"https://example.com/webhooks\"}"),
            Map.entry("api-gateway-update-webhook", "{\"enabled\":false}"),
            Map.entry("api-gateway-replay-events", "{\"since\":\"2026-01-31T09:00:00Z\"}"),
            Map.entry("api-gateway-import-video", "{\"url\":\"https://example.com/clip.mp4\"}"),
            Map.entry("api-gateway-put-chapters", "{\"chapters\":[{\"seconds\":0,\"title\":\"T\"}]}"));

    private static final Map<String, String> REQUIRED_QUERIES = Map.of(
            "api-gateway-show-oembed", "?url=http://localhost:4000/watch/3",
            "api-gateway-put-thumbnail", "?second=1");

    private Operations() {}

    static JsonNode contract() {
        try (InputStream input =
                Objects.requireNonNull(Operations.class.getResourceAsStream("/routes/api-gateway/openapi.yaml"))) {
            return new ObjectMapper(new YAMLFactory()).readTree(input);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Operation> all() {
        List<Operation> operations = new ArrayList<>();
        contract().path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(entry -> {
                    JsonNode operation = entry.getValue();
                    String id = operation.path("operationId").asText();
                    operations.add(new Operation(
                            id,
                            entry.getKey().toUpperCase(Locale.ROOT),
                            (path.getKey() + REQUIRED_QUERIES.getOrDefault(id, ""))
                                    .replace("{id}", "3")
                                    .replace("{link_id}", "9")
                                    .replace("{delivery_id}", "d")
                                    .replace("{language}", "en")
                                    .replace("{rendition}", "720p")
                                    .replace("{name}", "a.jpg"),
                            operation.path("x-access").asText(),
                            operation.path("security"),
                            operation.path("responses"),
                            operation.path("requestBody").path("content").has("application/json")
                                    ? Objects.requireNonNull(BODIES.get(id), id)
                                    : null));
                }));
        return operations;
    }
}
