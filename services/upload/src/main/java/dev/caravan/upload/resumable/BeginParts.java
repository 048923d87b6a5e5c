package dev.caravan.upload.resumable;

import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Begins the upload in the object store, whose name for it goes into the {@link Transfer}. */
@Component
final class BeginParts implements Processor {

    private final ObjectSink store;

    BeginParts(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Transfer transfer = exchange.getMessage().getMandatoryBody(Transfer.class);
        transfer.setStoreUpload(store.beginParts(ObjectKeys.video(transfer.video())));
    }
}
