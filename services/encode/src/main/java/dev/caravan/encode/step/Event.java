package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Delivery;
import dev.caravan.encode.job.UploadedVideo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shape that all events share: a key, and data that says by itself which video and which attempt it is about. */
final class Event {

    static final String CONTENT_TYPE = "application/json";
    static final String COMPLETED = "VideoEncodingCompleted";
    static final String PLAYABLE = "VideoPlayable";

    private final String key;
    private final Attempt attempt;
    private final ObjectMapper json;
    private final ObjectNode data;

    private Event(String key, Attempt attempt, ObjectMapper json, ObjectNode data) {
        this.key = key;
        this.attempt = attempt;
        this.json = json;
        this.data = data;
    }

    static Event about(Attempt attempt, String key, ObjectMapper json) {
        UploadedVideo video = attempt.video();
        ObjectNode data = json.createObjectNode()
                .put("original_id", video.videoId())
                .put("title", video.title())
                .put("description", video.description())
                .put("published_at", video.publishedAt())
                .put("user_id", video.userId())
                .put("attempt", attempt.number());
        if (video.visibility() != null) {
            data.put("visibility", video.visibility());
        }
        return new Event(key, attempt, json, data);
    }

    /** The event that a video can be watched, with all that it says. */
    static Event completed(Attempt attempt, ObjectNode data, ObjectMapper json) {
        return new Event(COMPLETED, attempt, json, data);
    }

    /** The event that a video was not encoded. */
    static Event failed(Attempt attempt, String reason, String failure, ObjectMapper json) {
        Event event = about(attempt, "VideoEncodingFailed", json);
        event.data.put("reason", reason).put("failure", failure);
        return event;
    }

    /** What it says beside the video. */
    ObjectNode data() {
        return data;
    }

    /** The message. */
    byte[] body() throws JsonProcessingException {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** The message as text. */
    String text() throws JsonProcessingException {
        return json.writeValueAsString(json.createObjectNode().put("key", key).set("data", data));
    }

    /** Adds what the statements that store an event ask for. */
    void addTo(Map<String, Object> parameters, String exchange) throws JsonProcessingException {
        addAddress(parameters, key, attempt, exchange, json);
        parameters.put("event", body());
    }

    /** The same without the message, which a statement makes of what it stores. */
    static void addAddress(
            Map<String, Object> parameters, String key, Attempt attempt, String exchange, ObjectMapper json)
            throws JsonProcessingException {
        Map<String, String> headers = new LinkedHashMap<>(attempt.delivery().trace());
        headers.put(Delivery.CONTENT_TYPE, CONTENT_TYPE);
        parameters.put("exchange", exchange);
        parameters.put("event_key", key);
        parameters.put("event_headers", Jobs.json(headers, json));
    }
}
