package dev.caravan.authentication.throttle;

import dev.caravan.authentication.Variables;
import java.time.Clock;
import java.time.ZoneOffset;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets the time since when a login makes an address an account's own. */
@Component
public final class LimitAddressAge implements Processor {

    private final ThrottleProperties properties;
    private final Clock clock;

    LimitAddressAge(ThrottleProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(
                Variables.KNOWN_SINCE,
                clock.instant().minus(properties.knownFor()).atOffset(ZoneOffset.UTC));
    }
}
