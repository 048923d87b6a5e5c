package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.UploadHeaders;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.direct.ClientStream;
import dev.caravan.upload.direct.ConcurrentUploads;
import dev.caravan.upload.store.ObjectSink;
import io.grpc.Status;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a {@link Transfer} of a request whose bytes begin where what is stored ends, and of what is stored and no part yet; and
 * says in headers of what upload it is.
 */
@Component
final class BeginTransfer implements Processor {

    /** The exchange's property with what {@link EndTransfer} has to give back. */
    static final String TURN = "turn";

    private final ObjectSink store;
    private final UploadProperties properties;
    private final ConcurrentUploads concurrentUploads;
    private final Leases leases;

    BeginTransfer(ObjectSink store, UploadProperties properties, ConcurrentUploads concurrentUploads, Leases leases) {
        this.store = store;
        this.properties = properties;
        this.concurrentUploads = concurrentUploads;
        this.leases = leases;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        ResumableRequest request = message.getMandatoryBody(ResumableRequest.class);
        Map<?, ?> row = message.getHeader(ResumableHeaders.ROW, Map.class);
        Checksum checksum = message.getHeader(ResumableHeaders.CHECKSUM, Checksum.class);
        UUID lease = message.getHeader(ResumableHeaders.LEASE, UUID.class);
        requireOffset(row.get("received"), message.getHeader(ResumableHeaders.OFFSET));
        exchange.setProperty(TURN, concurrentUploads.take(message.getHeader(UploadHeaders.CALLER, Integer.class)));
        Transfer transfer =
                new Transfer(row, lease, ClientStream.of(request.body(), properties), checksum, request.own());
        if (request.contentLength() > transfer.length() - transfer.noted()) {
            throw Transfer.beyond(transfer.length());
        }
        leases.add(transfer);
        if (transfer.tail() != null) {
            try (InputStream tail = store.read(transfer.tail(), transfer.tailSize())) {
                transfer.prepend(tail);
            }
        }
        message.setHeader(ResumableHeaders.LENGTH, transfer.length());
        message.setHeader(UploadHeaders.THUMBNAIL, row.get("thumbnail_id"));
        message.setHeader(UploadHeaders.HAS_THUMBNAIL, false);
        message.setHeader(UploadHeaders.TITLE, row.get("title"));
        message.setHeader(UploadHeaders.DESCRIPTION, row.get("description"));
        message.setHeader(UploadHeaders.VISIBILITY, row.get("visibility"));
        message.setBody(transfer);
    }

    private static void requireOffset(@Nullable Object received, @Nullable Object said) {
        if (!Objects.equals(received, said)) {
            throw Fault.of(
                    Status.Code.ABORTED,
                    "OFFSET_MISMATCH",
                    "Of this upload " + received + " bytes are stored; go on there.");
        }
    }
}
