package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.Variables;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * Measures how long a marker may live that was set before a revocation was committed. Once that time is over, every
 * marker is of a look at the database that saw the revocation.
 */
@Component
public final class MeasureMarker {

    private static final String COMMITTED = "committed_nanos";

    private final long lifetimeMillis;

    MeasureMarker(AuthenticationProperties properties) {
        this.lifetimeMillis = properties.markerLifetime();
    }

    /** The revocation has just been committed. There is nothing to wait for when Redis takes it. */
    public void begin(Exchange exchange) {
        exchange.setVariable(COMMITTED, System.nanoTime());
        exchange.setVariable(Variables.MARKER_REST, 0L);
    }

    /** Redis did not take it. */
    public void rest(Exchange exchange) {
        long passed = System.nanoTime() - exchange.getVariable(COMMITTED, Long.class);
        exchange.setVariable(
                Variables.MARKER_REST, Math.max(0, lifetimeMillis - TimeUnit.NANOSECONDS.toMillis(passed)));
    }
}
