package dev.caravan.encode.step;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Lets the steps that follow a failure be repeated in their turn: Camel marks an exchange whose repetitions are used
 * up, and repeats nothing that bears the mark, although the failure was caught.
 */
@Component
public class AllowRetries implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getExchangeExtension().setFailureHandled(false);
    }
}
