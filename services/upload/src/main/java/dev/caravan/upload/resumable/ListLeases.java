package dev.caravan.upload.resumable;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Names the leases that are to be renewed, in the header {@code leases}. */
@Component
final class ListLeases implements Processor {

    private final Leases leases;

    ListLeases(Leases leases) {
        this.leases = leases;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(ResumableHeaders.LEASES, leases.alive());
    }
}
