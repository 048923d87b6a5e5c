package dev.caravan.upload.resumable;

import dev.caravan.upload.UploadProperties;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers which version and extensions of tus are spoken, and how large an upload can be. */
@Component
final class DescribeTus implements Processor {

    private final UploadProperties properties;

    DescribeTus(UploadProperties properties) {
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.setHeader(Tus.TUS_RESUMABLE, Tus.VERSION);
        message.setHeader(Tus.TUS_VERSION, Tus.VERSION);
        message.setHeader(Tus.TUS_EXTENSION, Tus.EXTENSIONS);
        message.setHeader(Tus.TUS_CHECKSUM_ALGORITHM, Checksum.NAMES);
        message.setHeader(Tus.TUS_MAX_SIZE, String.valueOf(properties.maxSize().toBytes()));
        message.setBody(null);
    }
}
