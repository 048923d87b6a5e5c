package dev.caravan.upload.resumable;

import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/** Makes one object of the parts, unless that was done before and its answer, or ours, was lost. */
@Component
final class CompleteParts implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(CompleteParts.class);

    private final ObjectSink store;

    CompleteParts(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Transfer transfer = message.getMandatoryBody(Transfer.class);
        List<CompletedPart> parts = ((List<?>) message.getHeader(ResumableHeaders.PARTS, List.class))
                .stream().map(row -> part((Map<?, ?>) row)).toList();
        try {
            store.completeParts(
                    ObjectKeys.video(transfer.video()), Objects.requireNonNull(transfer.getStoreUpload()), parts);
        } catch (NoSuchUploadException e) {
            LOG.info("Upload {} is complete already, or gone; what is there is looked at next", transfer.video());
        }
    }

    private static CompletedPart part(Map<?, ?> row) {
        return CompletedPart.builder()
                .partNumber((Integer) row.get("number"))
                .eTag((String) row.get("etag"))
                .build();
    }
}
