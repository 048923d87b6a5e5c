package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.presentation.Growth;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Notes that the files in the body are stored, and makes the event that says how far the video can be played by now, with the
 * manifests of that.
 */
@Component
public class BuildPlayable implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildPlayable(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    @SuppressWarnings("unchecked") // of findGrowth
    public void process(Exchange exchange) throws JsonProcessingException {
        Job job = Jobs.of(exchange);
        Growth growth = Objects.requireNonNull(job.growth());
        growth.store((List<Path>) exchange.getMessage().getBody(List.class));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", job.attempt().videoId());
        parameters.put("attempt", job.attempt().number());
        event(job, Objects.requireNonNull(growth.length())).addTo(parameters, eventExchange);
        exchange.getMessage().setBody(parameters);
    }

    private Event event(Job job, Growth.Length length) {
        EncodedVideo made = length.presentation().encoded();
        Event event = Event.about(job.attempt(), Event.PLAYABLE, json);
        ObjectNode data = event.data();
        data.put("progress", job.progress())
                .put("path", job.targetPrefix())
                .put("hls", EncodeCommand.HLS)
                .put("playable_until_ms", (long) (1000 * length.seconds()))
                .put("duration_ms", Math.round(1000 * job.plan().media().seconds()))
                .put("whole", length.whole())
                .put("width", made.width())
                .put("height", made.height())
                .set("renditions", RenditionData.of(made.renditions(), json));
        ObjectNode manifests = data.putObject("manifests");
        length.manifests().forEach(manifests::put);
        return event;
    }
}
