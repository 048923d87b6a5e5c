package dev.caravan.upload.direct;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes the objects of an upload that could not be accepted out of the store, and fails as the acceptance did. */
@Component
final class DiscardUpload implements Processor {

    private final ObjectSink store;

    DiscardUpload(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        store.discard(ObjectKeys.video(exchange.getMessage().getHeader(UploadHeaders.VIDEO, UUID.class)));
        if (exchange.getMessage().getHeader(UploadHeaders.HAS_THUMBNAIL, false, Boolean.class)) {
            store.discard(ObjectKeys.thumbnail(exchange.getMessage().getHeader(UploadHeaders.THUMBNAIL, UUID.class)));
        }
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
