package dev.caravan.videocatalog.deadletter;

import dev.caravan.videocatalog.event.MalformedEventException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.amqp.core.Message;
import org.springframework.stereotype.Component;

/**
 * Puts aside the message that this service itself could do nothing with: the one in the variable {@code delivery}, of the
 * queue in the variable {@code queue}. Afterwards the body is the parameters of a statement.
 */
@Component
class ToDeadLetter implements Processor {

    private static final String SERVICE = "video-catalog";
    private static final int LONGEST_ERROR = 2000;

    @Override
    public void process(Exchange exchange) {
        Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String reason = caught instanceof MalformedEventException ? "MALFORMED_EVENT" : "EVENT_REFUSED";
        String error = Texts.clean(String.valueOf(caught == null ? null : caught.getMessage()));
        Message delivery = exchange.getVariable("delivery", Message.class);
        Circumstances circumstances = new Circumstances(
                exchange.getVariable("queue", String.class),
                SERVICE,
                reason,
                Texts.cut(error, LONGEST_ERROR),
                Instant.now(),
                null,
                trail(exchange));
        exchange.getMessage().setBody(new DeadLetter(delivery, circumstances).parameters());
    }

    /** Where it came in, and where it failed. Camel knows both anyway; it would have to be told to remember each step. */
    private static List<String> trail(Exchange exchange) {
        return Stream.of(exchange.getFromRouteId(), exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
