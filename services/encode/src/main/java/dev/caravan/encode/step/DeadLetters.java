package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Delivery;
import dev.caravan.kernel.amqp.DeadLetterHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What an operator is told of a message that is put aside, beside the message itself. */
final class DeadLetters {

    private DeadLetters() {}

    /**
     * The headers, as JSON.
     *
     * @param queue that the message came from
     * @param reason stable, {@code UPPER_SNAKE}
     * @param failure what went wrong
     * @param videoId null when the message does not say
     * @param exchange that failed
     */
    static String headers(
            Delivery delivery,
            String queue,
            String reason,
            String failure,
            @Nullable String videoId,
            Exchange exchange,
            ObjectMapper json)
            throws JsonProcessingException {
        Map<String, String> headers = new LinkedHashMap<>(delivery.headers());
        headers.putAll(DeadLetterHeaders.of(exchange, queue, reason, failure, videoId));
        return Jobs.json(headers, json);
    }
}
