package dev.caravan.upload;

import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says in {@code quota} how many bytes the caller may still store, in {@code open} what he has open; refuses without quota. */
@Component
final class CheckQuota implements Processor {

    private final long most;

    CheckQuota(UploadProperties properties) {
        this.most = properties.maxBytesPerUser().toBytes();
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getHeader(UploadHeaders.QUOTA, Map.class);
        long left = most - ((Number) Objects.requireNonNull(row.get("used"))).longValue();
        if (left <= 0) {
            throw StorageQuota.exceeded(most);
        }
        message.setHeader(UploadHeaders.QUOTA, left);
        message.setHeader(UploadHeaders.OPEN, ((Number) Objects.requireNonNull(row.get("open"))).longValue());
    }
}
