package dev.caravan.authentication.blacklist;

import dev.caravan.authentication.Variables;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says by {@code refill} whether Redis needs all revocations, not only those that it is known to lack. */
@Component
public final class InspectBlacklist implements Processor {

    private final Blacklist blacklist;

    InspectBlacklist(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        RedisRun run = blacklist.run();
        boolean filled = blacklist.isFilled(run);
        if (!filled) {
            // After a failover it may have come along without what was written last.
            blacklist.unmark();
        }
        if (run.evictsKeys()) {
            blacklist.unmark();
            throw new IllegalStateException("Redis evicts keys; set its maxmemory-policy to noeviction");
        }
        new Mirroring(run, filled ? null : UUID.randomUUID().toString(), 0).keep(exchange);
        exchange.setVariable(Variables.REFILL, !filled);
    }
}
