package dev.caravan.authentication.session;

import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.auth.FindSessionsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of sessions is asked for; INVALID_ARGUMENT for what is none. */
@Component
public final class ReadFindSessionsRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        FindSessionsRequest request = exchange.getMessage().getBody(FindSessionsRequest.class);
        MomentPage.into(exchange, request.getSize(), request.getCursor());
    }
}
