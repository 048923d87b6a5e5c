package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.Flight;
import dev.caravan.cdnedge.cache.ObjectCache;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Tells those who wait for an object, when nobody has yet, that it could not be got; drops one that the store has no more. */
@Component
class EndFlight implements Processor {

    private final ObjectCache cache;

    EndFlight(ObjectCache cache) {
        this.cache = cache;
    }

    @Override
    public void process(Exchange exchange) {
        Flight flight = (Flight) exchange.removeProperty(FindKeptObject.FLIGHT);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        // A store that lets nobody list says 403 for what it doesn't have.
        boolean gone =
                failure instanceof S3Exception refusal && (refusal.statusCode() == 404 || refusal.statusCode() == 403);
        cache.fail(flight, failure, gone);
    }
}
