package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes a session for the user who was kept, with its first refresh token. */
@Component
public final class MintSession implements Processor {

    private final RefreshTokens refreshTokens;
    private final Lifetimes lifetimes;
    private final Clock clock;

    MintSession(RefreshTokens refreshTokens, Lifetimes lifetimes, Clock clock) {
        this.refreshTokens = refreshTokens;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant sessionEnd = lifetimes.sessionEnd(now);
        Instant tokenEnd = lifetimes.tokenEnd(now, sessionEnd);
        String id = UUID.randomUUID().toString();
        String refreshToken = refreshTokens.make();
        exchange.setVariable(Variables.SESSION_ID, id);
        exchange.setVariable(Variables.SESSION_EXPIRES_AT, sessionEnd.atOffset(ZoneOffset.UTC));
        exchange.setVariable(Variables.REFRESH_HASH, RefreshTokens.hash(refreshToken));
        Lifetimes.set(exchange, tokenEnd, lifetimes.refreshEnd(now, sessionEnd));
        new Grant(id, exchange.getVariable(Variables.CREDENTIAL_VERSION, Integer.class), refreshToken, now, tokenEnd)
                .keep(exchange);
    }
}
