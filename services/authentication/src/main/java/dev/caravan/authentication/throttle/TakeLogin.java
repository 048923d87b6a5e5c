package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes an attempt to log in from the client's address and from the account; RESOURCE_EXHAUSTED when either has none
 * left. Attempts from an address that the account has logged in from are counted apart, so that strangers elsewhere
 * can't keep the owner out.
 */
@Component
public final class TakeLogin implements Processor {

    private final Buckets buckets;
    private final ThrottleProperties limits;

    TakeLogin(Buckets buckets, ThrottleProperties limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        String address = exchange.getVariable(Variables.ADDRESS, String.class);
        String account = exchange.getVariable(Variables.ACCOUNT, String.class);
        boolean known = exchange.getVariable(Variables.KNOWN_ADDRESS) != null;
        new Attempt(buckets)
                .take("login-address:" + address, limits.loginAddress())
                .take("login-account:" + account + (known ? ":" + address : ""), limits.loginAccount())
                .keep(exchange);
    }
}
