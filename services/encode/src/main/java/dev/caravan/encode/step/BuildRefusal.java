package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Text;
import dev.caravan.kernel.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes what ends the attempt at a video that is itself at fault, and the event that says why. */
@Component
public class BuildRefusal implements Processor {

    private final String eventExchange;
    private final ObjectMapper json;

    BuildRefusal(@Value("${amqp.exchange}") String eventExchange, ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Attempt attempt = Jobs.attempt(exchange);
        Fault fault =
                Objects.requireNonNull(Fault.in(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        String failure = Text.of(fault);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", attempt.videoId());
        parameters.put("attempt", attempt.number());
        parameters.put("state", "failed");
        parameters.put("outcome", "refused");
        parameters.put("reason", fault.reason());
        parameters.put("failure", failure);
        parameters.put("error", failure);
        parameters.put("result", null);
        Event.failed(attempt, fault.reason(), failure, json).addTo(parameters, eventExchange);
        exchange.getMessage().setBody(parameters);
    }
}
