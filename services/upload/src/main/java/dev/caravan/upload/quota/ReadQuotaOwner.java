package dev.caravan.upload.quota;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.upload.FindQuotaRequest;
import dev.caravan.upload.UploadHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets {@code userId}, whose quota is asked for: the caller, or whom an administrator names. */
@Component
final class ReadQuotaOwner implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String caller = message.getHeader(Headers.USER_ID, String.class);
        int named = message.getBody(FindQuotaRequest.class).getId();
        String owner = named == 0 ? caller : Integer.toString(named);
        if (!owner.equals(caller) && !Headers.ADMIN.equals(message.getHeader(Headers.USER_ROLE))) {
            throw Fault.forbidden("NOT_THE_OWNER", "Only a user and administrators may see the user's quota.");
        }
        message.setHeader(UploadHeaders.CALLER, Integer.valueOf(owner));
    }
}
