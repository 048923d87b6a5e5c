package dev.caravan.upload.sweep;

import dev.caravan.upload.store.ObjectSink;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Removes an object that find-unknown-objects.sql named. */
@Component
final class DiscardUnknown implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardUnknown.class);

    private final ObjectSink store;

    DiscardUnknown(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        String key =
                String.valueOf(exchange.getMessage().getMandatoryBody(Map.class).get("key"));
        store.remove(key);
        LOG.info("Removed object {}, which no upload is of", key);
    }
}
