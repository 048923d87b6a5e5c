package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes an attempt to refresh from the client's address; RESOURCE_EXHAUSTED when it has none left. */
@Component
public final class TakeRefresh implements Processor {

    private final Buckets buckets;
    private final ThrottleProperties limits;

    TakeRefresh(Buckets buckets, ThrottleProperties limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        new Attempt(buckets)
                .take(
                        "refresh-address:" + exchange.getVariable(Variables.ADDRESS, String.class),
                        limits.refreshAddress())
                .keep(exchange);
    }
}
