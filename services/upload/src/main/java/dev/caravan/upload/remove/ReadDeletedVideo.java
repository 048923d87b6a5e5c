package dev.caravan.upload.remove;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.upload.Ids;
import dev.caravan.upload.UploadHeaders;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes the id of the video from a message VideoDeleted to the header {@code videoId}. */
@Component
final class ReadDeletedVideo implements Processor {

    private static final String KEY = "VideoDeleted";

    private final ObjectMapper json;

    ReadDeletedVideo(ObjectMapper json) {
        this.json = json;
    }

    /** @throws MalformedMessageException when it names none */
    @Override
    public void process(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        JsonNode message = read(body == null ? new byte[0] : body);
        String key = message.path("key").asText();
        if (!key.equals(KEY)) {
            throw new MalformedMessageException("its key is \"%.60s\", not %s".formatted(key, KEY));
        }
        exchange.getMessage()
                .setHeader(
                        UploadHeaders.VIDEO,
                        Ids.read(message.path("data").path("original_id").asText())
                                .orElseThrow(() -> new MalformedMessageException("original_id is missing or no UUID")));
    }

    private JsonNode read(byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new MalformedMessageException("it is no JSON: " + e.getOriginalMessage());
        }
    }
}
