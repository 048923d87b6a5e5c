package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.job.DeletedVideo;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads the message that a video is deleted into the parameters of its tombstone. */
@Component
public class ReadDeletedVideo implements Processor {

    private final Deliveries deliveries;

    ReadDeletedVideo(EncodeProperties properties, ObjectMapper json) {
        this.deliveries = new Deliveries(properties.maxMessageSize().toBytes(), json);
    }

    /** @throws dev.caravan.encode.job.MalformedMessageException when it says nothing that can be acted on */
    @Override
    public void process(Exchange exchange) throws IOException {
        DeletedVideo video = DeletedVideo.read(deliveries.tree(Jobs.delivery(exchange)));
        exchange.getMessage().setBody(Map.of("video_id", video.videoId(), "user_id", video.userId()));
    }
}
