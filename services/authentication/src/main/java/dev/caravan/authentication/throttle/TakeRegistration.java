package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes a registration from the client's address, for good; RESOURCE_EXHAUSTED when it has none left. */
@Component
public final class TakeRegistration implements Processor {

    private final Buckets buckets;
    private final ThrottleProperties limits;

    TakeRegistration(Buckets buckets, ThrottleProperties limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        new Attempt(buckets)
                .take(
                        "register-address:" + exchange.getVariable(Variables.ADDRESS, String.class),
                        limits.registerAddress());
    }
}
