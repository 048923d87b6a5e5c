package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Text;
import dev.caravan.encode.media.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Makes what ends an attempt that failed for the platform's fault, or whose worker is gone, and the event and the dead
 * letter for when it was the last.
 */
@Component
public class BuildFailure implements Processor {

    private static final Refusal REFUSAL = Refusal.SERVICE_FAULT;
    private static final String WORKER_GONE = "Its worker ended, or lost sight of the database.";

    private final String eventExchange;
    private final String originQueue;
    private final String deadLetterQueue;
    private final ObjectMapper json;

    BuildFailure(
            @Value("${amqp.exchange}") String eventExchange,
            @Value("${amqp.encode-queue}") String originQueue,
            @Value("${amqp.dead-letter-queue}") String deadLetterQueue,
            ObjectMapper json) {
        this.eventExchange = eventExchange;
        this.originQueue = originQueue;
        this.deadLetterQueue = deadLetterQueue;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Attempt attempt = Jobs.attempt(exchange);
        @Nullable Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String error = caught == null ? WORKER_GONE : Text.of(caught);
        String reason = REFUSAL.name();
        String failure = String.valueOf(REFUSAL.fault().getMessage());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", attempt.videoId());
        parameters.put("attempt", attempt.number());
        parameters.put("outcome", caught == null ? "lost" : "failed");
        parameters.put("reason", reason);
        parameters.put("failure", failure);
        parameters.put("error", error);
        Event.failed(attempt, reason, failure, json).addTo(parameters, eventExchange);
        parameters.put("dead_letter_queue", deadLetterQueue);
        parameters.put("delivery", attempt.delivery().body());
        parameters.put(
                "dead_letter_headers",
                DeadLetters.headers(attempt.delivery(), originQueue, reason, error, attempt.videoId(), exchange, json));
        exchange.getMessage().setBody(parameters);
    }
}
