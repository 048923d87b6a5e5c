package dev.caravan.apigateway;

import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The end of what an administrator alone may ask for. */
@Component
final class RefuseCaller implements Processor {

    /** @throws Fault PERMISSION_DENIED, always */
    @Override
    public void process(Exchange exchange) {
        throw Fault.forbidden("NOT_AN_ADMIN", "Only administrators may do this.");
    }
}
