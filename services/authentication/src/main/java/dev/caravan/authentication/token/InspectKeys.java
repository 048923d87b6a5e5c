package dev.caravan.authentication.token;

import dev.caravan.authentication.Variables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says by {@code keys_outdated} whether the newest key is due for a successor. */
@Component
public final class InspectKeys implements Processor {

    private final SigningKeys keys;

    InspectKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable(Variables.KEYS_OUTDATED, keys.isOutdated());
    }
}
