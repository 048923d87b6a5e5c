package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Takes an attempt from what its caller has left of them; RESOURCE_EXHAUSTED when that is none. */
@Component
public final class TakeAttempt {

    private final Buckets buckets;
    private final ThrottleProperties limits;

    TakeAttempt(Buckets buckets, ThrottleProperties limits) {
        this.buckets = buckets;
        this.limits = limits;
    }

    /**
     * From the client's address and from the account. Attempts from an address that the account has logged in from are counted
     * apart, so that others elsewhere can't keep the owner out.
     */
    public void login(Exchange exchange) {
        String account = exchange.getVariable(Variables.ACCOUNT, String.class);
        boolean known = exchange.getVariable(Variables.KNOWN_ADDRESS) != null;
        new Attempt(buckets)
                .take("login-address:" + address(exchange), limits.loginAddress())
                .take("login-account:" + account + (known ? ":" + address(exchange) : ""), limits.loginAccount())
                .keep(exchange);
    }

    /** From the client's address. */
    public void refresh(Exchange exchange) {
        new Attempt(buckets)
                .take("refresh-address:" + address(exchange), limits.refreshAddress())
                .keep(exchange);
    }

    /** From the client's address, for good. */
    public void registration(Exchange exchange) {
        new Attempt(buckets).take("register-address:" + address(exchange), limits.registerAddress());
    }

    private static String address(Exchange exchange) {
        return exchange.getVariable(Variables.ADDRESS, String.class);
    }
}
