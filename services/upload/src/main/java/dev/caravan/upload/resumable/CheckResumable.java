package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.UploadHeaders;
import io.grpc.Status;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Lets an upload pass that is there, the caller's, and either accepted or not expired; says in {@code received} how much of it is
 * stored, and takes it for what a request that says no offset means.
 */
@Component
final class CheckResumable implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getHeader(ResumableHeaders.ROW, Map.class);
        if (row == null) {
            throw unknown();
        }
        boolean accepted = Boolean.TRUE.equals(row.get("accepted"));
        if (!accepted && Boolean.TRUE.equals(row.get("expired"))) {
            throw Fault.of(
                    Status.Code.NOT_FOUND,
                    Problem.UPLOAD_EXPIRED,
                    "This upload has waited too long for its next bytes; begin it anew.");
        }
        message.setHeader(ResumableHeaders.RECEIVED, row.get("received"));
        message.setHeader(UploadHeaders.ACCEPTED, accepted);
        if (message.getHeader(ResumableHeaders.OFFSET) == null) {
            message.setHeader(ResumableHeaders.OFFSET, row.get("received"));
        }
    }

    /** For one that is not there, and one that is somebody else's. */
    static Fault unknown() {
        return Fault.notFound("UPLOAD_UNKNOWN", "There is no such upload.");
    }
}
