package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import dev.caravan.proto.auth.RefreshRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Keeps the refresh token in the request and sets its hash; of what is no such token, one that no token has. */
@Component
public final class ReadRefreshToken implements Processor {

    /** Shorter than any hash. */
    private static final String NONE = "";

    @Override
    public void process(Exchange exchange) {
        String token = exchange.getMessage().getBody(RefreshRequest.class).getRefreshToken();
        exchange.setVariable(Variables.REFRESH_HASH, RefreshTokens.isOne(token) ? RefreshTokens.hash(token) : NONE);
        RefreshTokens.keep(exchange, token);
    }
}
