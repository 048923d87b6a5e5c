package dev.caravan.encode.step;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Throws when an object could not be removed, which S3 tells by an answer of its own. */
@Component
public class CheckRemoval implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        DeleteObjectsResponse response = exchange.getMessage().getBody(DeleteObjectsResponse.class);
        if (response.hasErrors() && !response.errors().isEmpty()) {
            S3Error first = response.errors().get(0);
            throw new IOException("%d objects could not be removed; %s: %s"
                    .formatted(response.errors().size(), first.key(), first.message()));
        }
    }
}
