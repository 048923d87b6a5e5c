package dev.caravan.upload;

import dev.caravan.kernel.log.LogContext;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Gives the upload its ids, in the headers {@code videoId} and {@code thumbnailId}. */
@Component
final class MintUpload implements Processor {

    @Override
    public void process(Exchange exchange) {
        UUID video = UUID.randomUUID();
        LogContext.video(exchange, video);
        exchange.getMessage().setHeader(UploadHeaders.VIDEO, video);
        exchange.getMessage().setHeader(UploadHeaders.THUMBNAIL, UUID.randomUUID());
    }
}
