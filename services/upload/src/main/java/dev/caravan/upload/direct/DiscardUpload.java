package dev.caravan.upload.direct;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Takes the objects of an upload that could not be accepted out of the store, and fails as the upload did. One that could
 * not even be streamed has taken out its own.
 */
@Component
final class DiscardUpload implements Processor {

    private final ObjectSink store;

    DiscardUpload(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        if (message.getHeader(UploadHeaders.SIZE) != null) {
            store.discard(ObjectKeys.video(message.getHeader(UploadHeaders.VIDEO, UUID.class)));
        }
        if (message.getHeader(UploadHeaders.HAS_THUMBNAIL, false, Boolean.class)) {
            store.discard(ObjectKeys.thumbnail(message.getHeader(UploadHeaders.THUMBNAIL, UUID.class)));
        }
        throw exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    }
}
