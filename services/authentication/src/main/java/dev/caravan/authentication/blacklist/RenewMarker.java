package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.AuthenticationProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the marker for its lifetime from the look at the database on. */
@Component
public final class RenewMarker implements Processor {

    private final Blacklist blacklist;
    private final ReportMirrorFailure failures;
    private final long lifetimeMillis;

    RenewMarker(Blacklist blacklist, ReportMirrorFailure failures, AuthenticationProperties properties) {
        this.blacklist = blacklist;
        this.failures = failures;
        this.lifetimeMillis = properties.markerLifetime();
    }

    @Override
    public void process(Exchange exchange) {
        Mirroring mirroring = Mirroring.of(exchange);
        if (blacklist.mark(mirroring.run(), mirroring.time() + lifetimeMillis)) {
            failures.over();
        }
    }
}
