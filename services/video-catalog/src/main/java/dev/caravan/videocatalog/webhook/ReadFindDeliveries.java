package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.videocatalog.FindDeliveriesRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the log of a webhook is asked for; INVALID_ARGUMENT for what is none. */
@Component
class ReadFindDeliveries implements Processor {

    private static final List<String> STATES = List.of("waiting", "delivered", "failed");

    @Override
    public void process(Exchange exchange) throws Exception {
        FindDeliveriesRequest request = exchange.getMessage().getMandatoryBody(FindDeliveriesRequest.class);
        String state = request.getState().isEmpty() ? null : request.getState();
        new FieldErrors().oneOf("state", state, STATES).orThrow();
        MomentPage.into(exchange, request.getSize(), request.getCursor());
        exchange.setVariable("state", request.getState());
    }
}
