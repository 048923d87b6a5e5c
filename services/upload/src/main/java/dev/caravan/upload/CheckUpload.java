package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Lets an upload's row pass that is there and the caller's, and says in {@code accepted} whether it is new; one that is not has
 * to be what the message says.
 */
@Component
final class CheckUpload implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Map<?, ?> row = message.getBody(Map.class);
        if (row == null) {
            throw Fault.notFound("UPLOAD_UNKNOWN", "There is no upload with this video_id.");
        }
        if (!Objects.equals(row.get("user_id"), message.getHeader(UploadHeaders.CALLER))) {
            throw Fault.forbidden("NOT_YOUR_UPLOAD", "This video is somebody else's.");
        }
        if (Boolean.TRUE.equals(row.get("accepted"))) {
            Details.requireSame(row, Details.of(message));
        } else if (!Objects.equals(row.get("thumbnail_id"), message.getHeader(UploadHeaders.THUMBNAIL))) {
            throw Fault.invalid("thumbnail_id", "thumbnail_id is not the one that came with video_id");
        }
        message.setHeader(UploadHeaders.ACCEPTED, row.get("accepted"));
    }
}
