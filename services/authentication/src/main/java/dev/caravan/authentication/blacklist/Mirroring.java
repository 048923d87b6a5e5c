package dev.caravan.authentication.blacklist;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the database and Redis has found out.
 *
 * @param run the run of Redis that it found
 * @param refill names the refill, if there is one
 * @param time Redis' clock in milliseconds, before the database was asked
 */
record Mirroring(RedisRun run, @Nullable String refill, long time) {

    private static final String PROPERTY = "mirroring";

    static Mirroring of(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(PROPERTY, Mirroring.class), PROPERTY);
    }

    void keep(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }
}
