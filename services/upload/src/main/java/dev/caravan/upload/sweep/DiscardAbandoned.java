package dev.caravan.upload.sweep;

import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes all that belongs to an upload out of the object store, whose row is gone already. */
@Component
final class DiscardAbandoned implements Processor {

    private final ObjectSink store;

    DiscardAbandoned(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Map<?, ?> row = exchange.getMessage().getMandatoryBody(Map.class);
        UUID video = Objects.requireNonNull((UUID) row.get("video_id"));
        store.purge(ObjectKeys.video(video));
        store.purge(ObjectKeys.thumbnail(Objects.requireNonNull((UUID) row.get("thumbnail_id"))));
        store.removeBelow(ObjectKeys.tails(video));
    }
}
