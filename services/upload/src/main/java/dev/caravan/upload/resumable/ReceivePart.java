package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.media.VideoSignature;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectSink;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Reads bytes of a {@link Transfer} and stores them, as a part when there are as many, or as an object of their own when no more
 * comes; and says in headers what is to be noted of the upload.
 */
@Component
final class ReceivePart implements Processor {

    private final ObjectSink store;

    ReceivePart(ObjectSink store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Transfer transfer = message.getMandatoryBody(Transfer.class);
        transfer.forgetParts();
        transfer.fill();
        if (transfer.isPart()) {
            checkBeginning(transfer);
            transfer.stored(storePart(transfer));
        } else if (transfer.isNewTail()) {
            checkBeginning(transfer);
            String key = ObjectKeys.tail(transfer.video(), transfer.lease());
            store.put(key, transfer.buffer(), transfer.filled(), ObjectSink.TYPE);
            transfer.storedTail(key);
        }
        transfer.settle();
        message.setHeader(ResumableHeaders.RECEIVED, transfer.noted());
        message.setHeader(ResumableHeaders.TAIL, transfer.tail());
        message.setHeader(ResumableHeaders.TAIL_SIZE, transfer.tailSize());
        boolean isPending = transfer.isReceiving() && transfer.isUnproven();
        message.setHeader(
                ResumableHeaders.NUMBERS,
                isPending
                        ? "{}"
                        : transfer.numbers().stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}")));
        message.setHeader(
                ResumableHeaders.ETAGS,
                isPending
                        ? "{}"
                        : transfer.etags().stream()
                                .map(etag -> '"' + etag.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private String storePart(Transfer transfer) {
        try {
            return store.putPart(
                    ObjectKeys.video(transfer.video()),
                    Objects.requireNonNull(transfer.getStoreUpload()),
                    transfer.partNumber(),
                    transfer.buffer(),
                    transfer.filled());
        } catch (NoSuchUploadException e) {
            // It was ended, or swept away, since this request began.
            throw CheckResumable.unknown();
        }
    }

    /** Of what is no video nothing more has to come; of the last bytes it is seen when all are there. */
    private static void checkBeginning(Transfer transfer) {
        if (transfer.isBeginning()
                && transfer.filled() >= VideoSignature.LENGTH
                && !VideoSignature.matches(Arrays.copyOf(transfer.buffer(), VideoSignature.LENGTH))) {
            throw Fault.invalid("video", "video is not a video");
        }
    }
}
