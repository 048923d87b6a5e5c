package dev.caravan.upload;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says in {@code room} how many bytes the caller may still store, in {@code open} what he has open; refuses without room. */
@Component
final class CheckRoom implements Processor {

    private final long most;

    CheckRoom(UploadProperties properties) {
        this.most = properties.maxBytesPerUser().toBytes();
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getHeader(UploadHeaders.ROOM, Map.class);
        long left = most - ((Number) Objects.requireNonNull(row.get("used"))).longValue();
        if (left <= 0) {
            throw Room.exceeded(most);
        }
        message.setHeader(UploadHeaders.ROOM, left);
        message.setHeader(UploadHeaders.OPEN, ((Number) Objects.requireNonNull(row.get("open"))).longValue());
    }
}
