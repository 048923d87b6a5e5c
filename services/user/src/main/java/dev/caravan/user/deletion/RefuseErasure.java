package dev.caravan.user.deletion;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says why an account was not erased whose password was right a moment ago. */
@Component
public class RefuseErasure implements Processor {

    @Override
    public void process(Exchange exchange) {
        if (Headers.ADMIN.equals(exchange.getVariable("role"))) {
            throw Fault.precondition(
                    "LAST_ADMINISTRATOR", "You are the last administrator of the platform, which needs one.");
        }
        throw Fault.invalid("current_password", "current_password is wrong");
    }
}
