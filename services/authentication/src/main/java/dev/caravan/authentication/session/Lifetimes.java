package dev.caravan.authentication.session;

import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.Variables;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** How long what is granted lives; nothing outlives its session. */
@Component
final class Lifetimes {

    private final AuthenticationProperties properties;

    Lifetimes(AuthenticationProperties properties) {
        this.properties = properties;
    }

    Instant sessionEnd(Instant now) {
        return now.plus(properties.sessionLifetime());
    }

    /** In whole seconds, as tokens tell it. */
    Instant tokenEnd(Instant now, Instant sessionEnd) {
        return earlier(now.plus(properties.tokenLifetime()), sessionEnd).truncatedTo(ChronoUnit.SECONDS);
    }

    Instant refreshEnd(Instant now, Instant sessionEnd) {
        return earlier(now.plus(properties.refreshLifetime()), sessionEnd);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Sets the ends of both tokens as statements take them. */
    static void set(Exchange exchange, Instant tokenEnd, Instant refreshEnd) {
        exchange.setVariable(Variables.TOKEN_EXPIRES_AT, tokenEnd.atOffset(ZoneOffset.UTC));
        exchange.setVariable(Variables.REFRESH_EXPIRES_AT, refreshEnd.atOffset(ZoneOffset.UTC));
    }
}
