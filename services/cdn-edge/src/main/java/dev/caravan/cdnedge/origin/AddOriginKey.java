package dev.caravan.cdnedge.origin;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Shows the manifest origin that the edge is who asks, where there is a key to show. */
@Component
class AddOriginKey implements Processor {

    static final String HEADER = "x-origin-key";

    private final String key;

    AddOriginKey(@Value("${cdn.origin-key}") String key) {
        this.key = key;
    }

    @Override
    public void process(Exchange exchange) {
        if (!key.isEmpty()) {
            exchange.getMessage().setHeader(HEADER, key);
        }
    }
}
