package dev.caravan.videocatalog.deadletter;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Leaves of the dead letter in the body what the database always takes. A letter that it does not take otherwise must not
 * come back for ever and keep all others waiting.
 */
@Component
class ToDeadLetterBody implements Processor {

    @Override
    @SuppressWarnings("unchecked") // the body is the parameters that DeadLetter made
    public void process(Exchange exchange) {
        Map<String, @Nullable Object> parameters = exchange.getMessage().getBody(Map.class);
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String why = caught == null ? "unknown" : caught.getClass().getSimpleName();
        exchange.getMessage()
                .setBody(DeadLetter.bodyAlone(
                        parameters, "Only its body could be kept: " + why + " with the rest of it."));
    }
}
