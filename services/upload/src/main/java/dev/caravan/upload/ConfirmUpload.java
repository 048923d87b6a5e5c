package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Lets an upload pass whose row says that it is accepted, as the message has it; there is no row of one that was swept away or
 * deleted.
 */
@Component
final class ConfirmUpload implements Processor {

    @Override
    public void process(Exchange exchange) {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        if (row == null || !Boolean.TRUE.equals(row.get("accepted"))) {
            throw Fault.notFound("UPLOAD_UNKNOWN", "There is no upload with this video_id any more.");
        }
        Details.requireSame(row, Details.of(exchange.getMessage()));
    }
}
