package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.UploadedVideo;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Message;
import org.apache.camel.component.springrabbit.SpringRabbitMQConstants;

/** The shape that all events share: a key, and data that says by itself which video it is about. */
final class Event {

    private final String key;
    private final ObjectNode data;

    private Event(String key, ObjectNode data) {
        this.key = key;
        this.data = data;
    }

    static Event about(UploadedVideo video, String key, ObjectMapper json) {
        ObjectNode data = json.createObjectNode()
                .put("original_id", video.videoId())
                .put("title", video.title())
                .put("description", video.description())
                .put("published_at", video.publishedAt())
                .put("user_id", video.userId());
        return new Event(key, data);
    }

    /** What it says beside the video. */
    ObjectNode data() {
        return data;
    }

    /** Becomes the message. */
    void writeTo(Message message, ObjectMapper json) throws JsonProcessingException {
        ObjectNode body = json.createObjectNode().put("key", key).set("data", data);
        message.setBody(json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        message.setHeader(SpringRabbitMQConstants.CONTENT_TYPE, "application/json");
    }
}
