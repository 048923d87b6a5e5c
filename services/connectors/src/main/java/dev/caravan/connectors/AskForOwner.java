package dev.caravan.connectors;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.user.FindByEmailRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Asks for the user whom the header {@code owner} names by his email, or else the configuration. */
@Component
final class AskForOwner implements Processor {

    private final String usual;

    AskForOwner(@Value("${connectors.owner}") String usual) {
        this.usual = usual;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String owner = message.getHeader(Ingest.OWNER, usual, String.class).strip();
        if (owner.isEmpty()) {
            throw Fault.precondition(
                    "OWNER_UNKNOWN", "Whose the video is has to be said, by the header owner or by connectors.owner.");
        }
        message.setHeader(Ingest.OWNER, owner);
        message.setBody(FindByEmailRequest.newBuilder().setEmail(owner).build());
    }
}
