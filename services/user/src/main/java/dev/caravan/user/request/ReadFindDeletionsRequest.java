package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.FindDeletionsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of deletions is asked for; INVALID_ARGUMENT for what is none. */
@Component
public class ReadFindDeletionsRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        FindDeletionsRequest request = exchange.getMessage().getBody(FindDeletionsRequest.class);
        FieldErrors errors = new FieldErrors();
        Pages.check(errors, request.getSize(), request.getCursor());
        errors.orThrow();
        Pages.into(exchange, request.getSize(), request.getCursor());
    }
}
