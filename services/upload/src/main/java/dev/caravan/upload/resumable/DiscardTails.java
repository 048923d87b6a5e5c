package dev.caravan.upload.resumable;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Removes the objects with what was no part yet. */
@Component
final class DiscardTails implements Processor {

    private final ObjectSink store;

    DiscardTails(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) {
        store.removeBelow(ObjectKeys.tails(exchange.getMessage().getHeader(UploadHeaders.VIDEO, UUID.class)));
    }
}
