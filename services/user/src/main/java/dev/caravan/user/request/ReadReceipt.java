package dev.caravan.user.request;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindDeletionRequest;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code receipt}; NOT_FOUND for what is none, as for one that is not there. */
@Component
public class ReadReceipt implements Processor {

    @Override
    public void process(Exchange exchange) {
        try {
            String id = exchange.getMessage().getBody(FindDeletionRequest.class).getId();
            exchange.setVariable("receipt", UUID.fromString(id).toString());
        } catch (IllegalArgumentException e) {
            throw Fault.notFound("DELETION_UNKNOWN", "There is no such receipt.");
        }
    }
}
