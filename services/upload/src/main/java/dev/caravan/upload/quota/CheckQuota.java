package dev.caravan.upload.quota;

import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Says in {@code quota} what the caller has and may have; refuses an upload that does not fit in, by its size, or before that is
 * known by what it says, and one that begins while he has too many under way.
 */
@Component
final class CheckQuota implements Processor {

    private final UploadProperties properties;

    CheckQuota(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Quota quota = Quota.of(message.getHeader(UploadHeaders.QUOTA, Map.class), properties);
        Long size = message.getHeader(UploadHeaders.SIZE, Long.class);
        Long declared = message.getHeader(UploadHeaders.DECLARED, 0L, Long.class);
        quota.requireRoom(Math.max(1, size == null ? declared : size));
        if (size == null) {
            quota.requireTurn();
        }
        message.setHeader(UploadHeaders.QUOTA, quota);
    }
}
