package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.job.ChangedVideo;
import dev.caravan.encode.job.DeletedVideo;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads the message that a video is deleted into the parameters of its tombstone, and that it was changed into those of put-downloads.sql. */
@Component
public class ReadNews implements Processor {

    private final Deliveries deliveries;

    ReadNews(EncodeProperties properties, ObjectMapper json) {
        this.deliveries = new Deliveries(properties.maxMessageSize().toBytes(), json);
    }

    /** @throws dev.caravan.encode.job.MalformedMessageException when it says nothing that can be acted on */
    @Override
    public void process(Exchange exchange) throws IOException {
        JsonNode message = deliveries.tree(Jobs.delivery(exchange));
        boolean changed = message.path("key").asText().equals(ChangedVideo.KEY);
        exchange.getMessage()
                .setBody(changed ? changed(ChangedVideo.read(message)) : deleted(DeletedVideo.read(message)));
    }

    private static Map<String, Object> changed(ChangedVideo video) {
        return Map.of(
                "video_id", video.videoId(),
                "revision", video.revision(),
                "wanted", video.downloadable(),
                "title", video.title());
    }

    private static Map<String, Object> deleted(DeletedVideo video) {
        return Map.of("video_id", video.videoId(), "user_id", video.userId());
    }
}
