package dev.caravan.upload.sweep;

import dev.caravan.upload.store.ObjectSink;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends a multipart upload that find-unknown-parts.sql named. */
@Component
final class DiscardParts implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardParts.class);

    private final ObjectSink store;

    DiscardParts(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Map<?, ?> upload = exchange.getMessage().getMandatoryBody(Map.class);
        String key = String.valueOf(upload.get("key"));
        store.endParts(key, String.valueOf(upload.get("name")));
        LOG.info("Removed parts of {}, which nobody had completed", key);
    }
}
