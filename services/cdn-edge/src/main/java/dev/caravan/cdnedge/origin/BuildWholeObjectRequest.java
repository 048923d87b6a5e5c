package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.viewer.ViewerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Asks the object store for an object without conditions. */
@Component
class BuildWholeObjectRequest implements Processor {

    private final String bucket;

    BuildWholeObjectRequest(@Value("${s3.bucket}") String bucket) {
        this.bucket = bucket;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage()
                .setBody(GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(ViewerRequest.of(exchange).key())
                        .build());
    }
}
