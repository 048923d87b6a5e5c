package dev.caravan.upload.resumable;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes all that belongs to an upload out of the object store, whose row is gone already. */
@Component
final class DiscardResumable implements Processor {

    private final ObjectSink store;

    DiscardResumable(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) {
        UUID video = exchange.getMessage().getHeader(UploadHeaders.VIDEO, UUID.class);
        store.purge(ObjectKeys.video(video));
        store.removeBelow(ObjectKeys.tails(video));
    }
}
