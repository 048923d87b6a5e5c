package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.job.Delivery;
import dev.caravan.encode.job.UploadedVideo;
import dev.caravan.kernel.log.LogContext;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads the message that asks for an encoding into the parameters of a new job. */
@Component
public class ReadUploadedVideo implements Processor {

    private final Deliveries deliveries;
    private final ObjectMapper json;

    ReadUploadedVideo(EncodeProperties properties, ObjectMapper json) {
        this.deliveries = new Deliveries(properties.maxMessageSize().toBytes(), json);
        this.json = json;
    }

    /** @throws dev.caravan.encode.job.MalformedMessageException when it says nothing that can be acted on */
    @Override
    public void process(Exchange exchange) throws IOException {
        Delivery delivery = Jobs.delivery(exchange);
        UploadedVideo video = UploadedVideo.read(deliveries.tree(delivery));
        LogContext.video(exchange, video.videoId());
        exchange.getMessage()
                .setBody(Map.of(
                        "video_id", video.videoId(),
                        "user_id", video.userId(),
                        "delivery", delivery.body(),
                        "headers", Jobs.json(delivery.headers(), json)));
    }
}
