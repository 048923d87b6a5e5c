package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.media.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes what ends a job at its owner's wish, and the event that says so. */
@Component
public class BuildCancellation implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildCancellation(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Attempt attempt = Jobs.attempt(exchange);
        String reason = Refusal.CANCELLED.name();
        String failure = String.valueOf(Refusal.CANCELLED.fault().getMessage());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", attempt.videoId());
        parameters.put("reason", reason);
        parameters.put("failure", failure);
        Event event = Event.failed(attempt, reason, failure, json);
        event.addTo(parameters, eventExchange);
        // The statement puts the attempt in.
        parameters.put("event", event.text());
        exchange.getMessage().setBody(parameters);
    }
}
