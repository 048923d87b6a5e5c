package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.token.TokenClaims;
import dev.caravan.kernel.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the token of a call on the blacklist until it expires; one that is there already is refused. */
@Component
public final class RevokeToken implements Processor {

    private final Blacklist blacklist;

    RevokeToken(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        if (!blacklist.add(exchange.getProperty(TokenClaims.PROPERTY, TokenClaims.class))) {
            throw Fault.unauthenticated("TOKEN_REVOKED", "The token has been logged out.");
        }
    }
}
