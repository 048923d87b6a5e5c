package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.cache.Flight;
import dev.caravan.cdnedge.cache.KeptObject;
import dev.caravan.cdnedge.viewer.ViewerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Asks the object store for an object without conditions of the viewer's; for one that is kept, only when it is another. */
@Component
class BuildWholeObjectRequest implements Processor {

    private final String bucket;

    BuildWholeObjectRequest(@Value("${s3.bucket}") String bucket) {
        this.bucket = bucket;
    }

    @Override
    public void process(Exchange exchange) {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(ViewerRequest.of(exchange).key());
        Flight flight = exchange.getProperty(FindKeptObject.FLIGHT, Flight.class);
        KeptObject former = flight == null ? null : flight.former();
        if (former != null) {
            request.ifNoneMatch(former.about().etag());
        }
        exchange.getMessage().setBody(request.build());
    }
}
