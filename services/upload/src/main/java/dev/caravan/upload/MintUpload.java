package dev.caravan.upload;

import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Gives the upload its ids, in the headers {@code videoId} and {@code thumbnailId}. */
@Component
final class MintUpload implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(UploadHeaders.VIDEO, UUID.randomUUID());
        exchange.getMessage().setHeader(UploadHeaders.THUMBNAIL, UUID.randomUUID());
    }
}
