package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.auth.EndSessionRequest;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which session is to end; NOT_FOUND for what names none, as for one that is not there. */
@Component
public final class ReadEndSessionRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        try {
            String id = exchange.getMessage().getBody(EndSessionRequest.class).getId();
            exchange.setVariable(Variables.ENDED_SESSION_ID, UUID.fromString(id).toString());
        } catch (IllegalArgumentException e) {
            throw Fault.notFound("SESSION_UNKNOWN", "You have no such session.");
        }
    }
}
