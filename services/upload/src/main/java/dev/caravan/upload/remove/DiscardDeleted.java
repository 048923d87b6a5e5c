package dev.caravan.upload.remove;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes a deleted video out of the object store, and the thumbnail that its row names, if there is a row. */
@Component
final class DiscardDeleted implements Processor {

    private final ObjectSink store;

    DiscardDeleted(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        store.purge(ObjectKeys.video(message.getHeader(UploadHeaders.VIDEO, UUID.class)));
        if (row != null) {
            store.purge(ObjectKeys.thumbnail(Objects.requireNonNull((UUID) row.get("thumbnail_id"))));
        }
    }
}
