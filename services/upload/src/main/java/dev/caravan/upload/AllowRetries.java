package dev.caravan.upload;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Lets the failures of the steps that follow a failure be dealt with in their turn: Camel marks an exchange whose failure
 * was seen to, and does nothing more about one that bears the mark.
 */
@Component
final class AllowRetries implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getExchangeExtension().setFailureHandled(false);
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
    }
}
