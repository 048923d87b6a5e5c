package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.Flight;
import dev.caravan.cdnedge.cache.ObjectCache;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes note that the store still has the object that is kept. */
@Component
class ConfirmKeptObject implements Processor {

    private final ObjectCache cache;

    ConfirmKeptObject(ObjectCache cache) {
        this.cache = cache;
    }

    @Override
    public void process(Exchange exchange) {
        Flight flight = exchange.getProperty(FindKeptObject.FLIGHT, Flight.class);
        exchange.setProperty(FindKeptObject.KEPT, cache.confirm(flight));
    }
}
