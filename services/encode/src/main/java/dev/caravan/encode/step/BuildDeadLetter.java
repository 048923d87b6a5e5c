package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Delivery;
import dev.caravan.encode.job.MalformedMessageException;
import dev.caravan.encode.job.Text;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Makes the message that an operator finds: the one that came, byte for byte, and why it was put aside. */
@Component
public class BuildDeadLetter implements Processor {

    /** What the database does not take, and never will. */
    private static final String UNSTORABLE = "UNSTORABLE_MESSAGE";

    private final String deadLetterQueue;
    private final ObjectMapper json;

    BuildDeadLetter(@Value("${amqp.dead-letter-queue}") String deadLetterQueue, ObjectMapper json) {
        this.deadLetterQueue = deadLetterQueue;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        Delivery delivery = Jobs.delivery(exchange);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = caught instanceof MalformedMessageException malformed ? malformed.reason() : UNSTORABLE;
        String queue = exchange.getProperty(Jobs.QUEUE, String.class);
        exchange.getMessage()
                .setBody(Map.of(
                        "queue",
                        deadLetterQueue,
                        "body",
                        delivery.body(),
                        "headers",
                        DeadLetters.headers(delivery, queue, reason, Text.of(caught), null, exchange, json)));
    }
}
