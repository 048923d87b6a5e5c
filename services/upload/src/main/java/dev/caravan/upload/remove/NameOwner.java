package dev.caravan.upload.remove;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.EndUploadsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code owner}, whose uploads are to end: the caller, or whom an administrator names. */
@Component
final class NameOwner implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        int owner = message.getBody(EndUploadsRequest.class).getId();
        boolean own = Integer.toString(owner).equals(message.getHeader(Headers.USER_ID, String.class));
        if (!own && !Headers.ADMIN.equals(message.getHeader(Headers.USER_ROLE))) {
            throw Fault.forbidden("NOT_THE_OWNER", "Only a user and administrators may end the user's uploads.");
        }
        exchange.setVariable("owner", owner);
    }
}
