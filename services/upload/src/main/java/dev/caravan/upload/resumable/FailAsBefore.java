package dev.caravan.upload.resumable;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Fails with what was caught, once what it left is removed. */
@Component
final class FailAsBefore implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
