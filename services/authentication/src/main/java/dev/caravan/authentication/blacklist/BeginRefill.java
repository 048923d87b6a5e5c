package dev.caravan.authentication.blacklist;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Leaves a sign in Redis that will be gone if Redis loses its data during the refill. */
@Component
public final class BeginRefill implements Processor {

    private final Blacklist blacklist;

    BeginRefill(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        blacklist.beginRefill(Objects.requireNonNull(Mirroring.of(exchange).refill()));
    }
}
