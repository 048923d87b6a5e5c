package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.Found;
import dev.caravan.cdnedge.cache.ObjectCache;
import dev.caravan.cdnedge.viewer.ViewerRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Looks for an object among those that are kept. One that is under way for somebody else is waited for; else it is the
 * exchange's own turn to get it, and when it is neither, nothing of it is to be kept, as of files to download.
 */
@Component
class FindKeptObject implements Processor {

    /** The exchange property with the object that is kept. */
    static final String KEPT = "kept";

    /** The exchange property with the flight that is the exchange's own. */
    static final String FLIGHT = "flight";

    /** Files to download are large and read once: they would have to come whole before the first byte is served, and drive out others. */
    private static final String DOWNLOADS = "/downloads/";

    private final ObjectCache cache;
    private final Counter hits;
    private final Counter misses;

    FindKeptObject(ObjectCache cache, MeterRegistry meters) {
        this.cache = cache;
        this.hits = lookups("hit", meters);
        this.misses = lookups("miss", meters);
    }

    private static Counter lookups(String result, MeterRegistry meters) {
        return Counter.builder("edge.cache.lookups")
                .description("Requests for objects, by whether the object store had to be asked for each")
                .tag("result", result)
                .register(meters);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        String key = ViewerRequest.of(exchange).key();
        if (key.contains(DOWNLOADS)) {
            return;
        }
        Found found = cache.find(key);
        (found.kept() != null ? hits : misses).increment();
        exchange.setProperty(KEPT, found.kept());
        exchange.setProperty(FLIGHT, found.flight());
    }
}
