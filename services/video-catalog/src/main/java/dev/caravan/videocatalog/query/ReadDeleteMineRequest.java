package dev.caravan.videocatalog.query;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the variable {@code caller}, whose videos are to be deleted. */
@Component
class ReadDeleteMineRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable("caller", Caller.required(exchange.getMessage()));
    }
}
