package dev.caravan.upload.announce;

import dev.caravan.kernel.Headers;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has what comes of an upload's row belong to the request and the trace that had it accepted. */
@Component
final class RestoreTrace implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        Map<?, ?> row = exchange.getMessage().getMandatoryBody(Map.class);
        restore(exchange, Headers.REQUEST_ID, row.get("request_id"));
        restore(exchange, Headers.TRACEPARENT, row.get("traceparent"));
    }

    private static void restore(Exchange exchange, String header, @Nullable Object value) {
        if (value != null) {
            exchange.getMessage().setHeader(header, value);
        }
    }
}
