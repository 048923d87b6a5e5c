package dev.caravan.upload.sweep;

import dev.caravan.upload.store.ObjectSink;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Ends a multipart upload. */
@Component
final class DiscardParts implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(DiscardParts.class);

    private final ObjectSink store;

    DiscardParts(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        MultipartUpload upload = exchange.getMessage().getMandatoryBody(MultipartUpload.class);
        store.endParts(upload.key(), upload.uploadId());
        LOG.info("Removed parts of {}, which nobody had completed since {}", upload.key(), upload.initiated());
    }
}
