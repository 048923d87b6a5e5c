package dev.caravan.videocatalog.query;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code caller} to who asks. */
@Component
class NameCaller implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable("caller", Caller.required(exchange.getMessage()));
    }
}
