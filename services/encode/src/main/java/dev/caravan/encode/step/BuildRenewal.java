package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.encode.job.Choice;
import dev.caravan.encode.job.Job;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes what records the new pictures of an encoded video, and the event of its last success with them. */
@Component
public class BuildRenewal implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildRenewal(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        String before = exchange.getProperty(OpenRenewal.RESULT, String.class);
        ObjectNode data = (ObjectNode) json.readTree(before);
        String superseded = superseded(data, job);
        PictureData.put(data, job);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", job.attempt().videoId());
        parameters.put("before", before);
        parameters.put("superseded", superseded);
        parameters.put("result", json.writeValueAsString(data));
        Event.completed(job.attempt(), data, json).addTo(parameters, eventExchange);
        exchange.getMessage().setBody(parameters);
    }

    /** What the keys begin with of the files that are shown no more; null when there are none. */
    private static @Nullable String superseded(ObjectNode data, Job job) {
        int before = data.path(PictureData.NUMBER).asInt();
        return data.has(PictureData.ALL) && before != job.choice().number()
                ? job.targetPrefix() + "/" + Choice.stem(before)
                : null;
    }
}
