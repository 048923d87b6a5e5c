package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Downloads;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes what records the files that a video is downloaded as; the event is the one of its last success, with them. */
@Component
public class BuildDownloads implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildDownloads(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        ArrayNode files = json.createArrayNode();
        for (Downloads.Made made : PlanDownloads.of(exchange).made()) {
            Downloads.Size size = made.size();
            files.addObject()
                    .put("rendition", size.name())
                    .put("key", DescribeDownload.key(job, size))
                    .put("width", size.width())
                    .put("height", size.height())
                    .put("size", made.bytes());
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", job.attempt().videoId());
        parameters.put("attempt", job.attempt().number());
        parameters.put("downloads", json.writeValueAsString(files));
        Event.addAddress(parameters, Event.COMPLETED, job.attempt(), eventExchange, json);
        exchange.getMessage().setBody(parameters);
    }
}
