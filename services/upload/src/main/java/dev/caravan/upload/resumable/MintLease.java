package dev.caravan.upload.resumable;

import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Gives the request a lease of its own to take the upload by, in the header {@code lease}. */
@Component
final class MintLease implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(ResumableHeaders.LEASE, UUID.randomUUID());
    }
}
