package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.Flight;
import dev.caravan.cdnedge.cache.ObjectCache;
import dev.caravan.cdnedge.cache.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Keeps the object that the store answered with, when there is room for it. */
@Component
class KeepObject implements Processor {

    private final ObjectCache cache;

    KeepObject(ObjectCache cache) {
        this.cache = cache;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        @SuppressWarnings("unchecked")
        ResponseInputStream<GetObjectResponse> object = exchange.getMessage().getBody(ResponseInputStream.class);
        StoredObject about = StoredObject.of(object.response());
        Flight flight = exchange.getProperty(FindKeptObject.FLIGHT, Flight.class);
        try (InputStream content = new ObjectStream(object, about.length())) {
            exchange.setProperty(FindKeptObject.KEPT, cache.keep(flight, about, content));
        }
        exchange.getMessage().setBody(null);
    }
}
