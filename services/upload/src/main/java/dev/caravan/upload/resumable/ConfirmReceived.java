package dev.caravan.upload.resumable;

import dev.caravan.upload.store.ObjectSink;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Removes what has since been stored otherwise, and fails when the request did, of which all that counts is noted now. */
@Component
final class ConfirmReceived implements Processor {

    private final ObjectSink store;

    ConfirmReceived(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Transfer transfer = exchange.getMessage().getMandatoryBody(Transfer.class);
        if (transfer.obsoleteTail() != null) {
            store.discard(transfer.obsoleteTail());
        }
        if (transfer.failure() != null) {
            throw transfer.failure();
        }
    }
}
