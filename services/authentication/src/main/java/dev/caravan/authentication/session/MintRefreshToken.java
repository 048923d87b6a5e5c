package dev.caravan.authentication.session;

import dev.caravan.authentication.Variables;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the refresh token that takes the place of the one at hand, whose session was kept. */
@Component
public final class MintRefreshToken implements Processor {

    private final Lifetimes lifetimes;
    private final Clock clock;

    MintRefreshToken(Lifetimes lifetimes, Clock clock) {
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant sessionEnd = exchange.getVariable(Variables.SESSION_EXPIRES_AT, OffsetDateTime.class)
                .toInstant();
        Instant tokenEnd = lifetimes.tokenEnd(now, sessionEnd);
        String refreshToken = RefreshTokens.successor(
                RefreshTokens.kept(exchange), exchange.getVariable(Variables.SALT, String.class));
        exchange.setVariable(Variables.NEW_REFRESH_HASH, RefreshTokens.hash(refreshToken));
        Lifetimes.set(exchange, tokenEnd, lifetimes.refreshEnd(now, sessionEnd));
        new Grant(
                        exchange.getVariable(Variables.SESSION_ID, String.class),
                        exchange.getVariable(Variables.CREDENTIAL_VERSION, Integer.class),
                        refreshToken,
                        now,
                        tokenEnd)
                .keep(exchange);
    }
}
