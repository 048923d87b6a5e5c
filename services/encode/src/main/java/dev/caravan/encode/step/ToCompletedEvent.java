package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the event that a video can be watched. */
@Component
public class ToCompletedEvent implements Processor {

    private final ObjectMapper json;

    ToCompletedEvent(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Job job = Jobs.of(exchange);
        EncodedVideo encoded = job.encoded();
        Event event = Event.about(job.video(), "VideoEncodingCompleted", json);
        event.data()
                .put("height", encoded.height())
                .put("width", encoded.width())
                .put("duration", Math.round(encoded.seconds()))
                .put("thumbnail", job.thumbnail())
                .put("path", job.targetPrefix())
                .put("hls", EncodeCommand.HLS)
                .set("renditions", renditions(encoded));
        event.writeTo(exchange.getMessage(), json);
    }

    private ArrayNode renditions(EncodedVideo encoded) {
        ArrayNode renditions = json.createArrayNode();
        encoded.renditions().forEach(rendition -> renditions
                .addObject()
                .put("width", rendition.width())
                .put("height", rendition.height())
                .put("bitrate", rendition.bitrate())
                .put("codecs", rendition.codecs()));
        return renditions;
    }
}
