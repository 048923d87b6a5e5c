package dev.caravan.cdnedge.origin;

import dev.caravan.cdnedge.viewer.ViewerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Asks the object store for what the viewer asks for: an object or one range of it. With If-Range, the range on
 * condition that the object is still the same one; the store's 412 then means "all of it, please". A condition by date
 * or weak tag gets all of it at once, because seconds and weak tags can't tell two versions apart.
 */
@Component
class BuildObjectRequest implements Processor {

    private final String bucket;

    BuildObjectRequest(@Value("${s3.bucket}") String bucket) {
        this.bucket = bucket;
    }

    @Override
    public void process(Exchange exchange) {
        ViewerRequest viewer = ViewerRequest.of(exchange);
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(viewer.key());
        // HTTP knows ranges of GET alone.
        String range = viewer.isHead() ? null : ByteRange.single(viewer.header(ViewerRequest.RANGE));
        String ifRange = viewer.header(ViewerRequest.IF_RANGE);
        if (ifRange == null) {
            request.range(range);
        } else if (ifRange.startsWith("\"")) {
            request.range(range).ifMatch(range == null ? null : ifRange);
        }
        exchange.getMessage().setBody(request.build());
    }
}
