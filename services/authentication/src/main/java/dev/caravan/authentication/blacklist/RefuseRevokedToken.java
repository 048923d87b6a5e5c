package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.token.TokenClaims;
import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Refuses a call whose token is on the blacklist. */
@Component
public final class RefuseRevokedToken implements Processor {

    private final Blacklist blacklist;

    RefuseRevokedToken(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        if (blacklist.contains(exchange.getProperty(TokenClaims.PROPERTY, TokenClaims.class))) {
            throw Fault.unauthenticated("TOKEN_REVOKED", "The token has been logged out.");
        }
    }
}
