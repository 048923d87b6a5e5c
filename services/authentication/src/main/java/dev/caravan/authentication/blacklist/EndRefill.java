package dev.caravan.authentication.blacklist;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says in Redis that it has all revocations, if it has lost none since the refill began; otherwise the next try will. */
@Component
public final class EndRefill implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(EndRefill.class);

    private final Blacklist blacklist;

    EndRefill(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        Mirroring mirroring = Mirroring.of(exchange);
        if (blacklist.endRefill(Objects.requireNonNull(mirroring.refill()), mirroring.run())) {
            LOG.info("Redis has been given all revocations anew");
        }
    }
}
