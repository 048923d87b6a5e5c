package dev.caravan.upload.resumable;

import dev.caravan.upload.direct.ConcurrentUploads;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Lets others have their turn once a request has brought its bytes, or failed. */
@Component
final class EndTransfer implements Processor {

    private final Leases leases;

    EndTransfer(Leases leases) {
        this.leases = leases;
    }

    @Override
    public void process(Exchange exchange) {
        ConcurrentUploads.Turn turn = (ConcurrentUploads.Turn) exchange.removeProperty(BeginTransfer.TURN);
        leases.remove(exchange.getMessage().getHeader(ResumableHeaders.LEASE, UUID.class));
        if (turn != null) {
            turn.close();
        }
    }
}
