package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Has what follows be asked in the owner's name; refuses one who is blocked. */
@Component
final class NameOwner implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        FindByIdResponseData owner = message.getBody(FindByIdResponse.class).getData();
        if (owner.getBlocked()) {
            throw Fault.precondition(
                    "OWNER_BLOCKED", "The user " + message.getHeader(Ingest.OWNER, String.class) + " is blocked.");
        }
        message.setHeader(Headers.USER_ID, String.valueOf(owner.getUser().getId()));
    }
}
