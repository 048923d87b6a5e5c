package dev.caravan.authentication.blacklist;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Notes Redis' time before the database is asked, for the marker counts from then. */
@Component
public final class MeasureRedisTime implements Processor {

    private final Blacklist blacklist;

    MeasureRedisTime(Blacklist blacklist) {
        this.blacklist = blacklist;
    }

    @Override
    public void process(Exchange exchange) {
        Mirroring mirroring = Mirroring.of(exchange);
        new Mirroring(mirroring.run(), mirroring.refill(), blacklist.time()).keep(exchange);
    }
}
