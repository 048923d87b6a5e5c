package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.media.Sizes;
import dev.caravan.upload.media.VideoSignature;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectPeek;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Refuses a video that is not there, has no acceptable size, or does not begin like one; tells its size and etag. */
@Component
final class InspectVideo implements Processor {

    private final ObjectPeek store;
    private final long maxSize;

    InspectVideo(ObjectPeek store, UploadProperties properties) {
        this.store = store;
        this.maxSize = properties.maxSize().toBytes();
    }

    @Override
    public void process(Exchange exchange) {
        UUID id = exchange.getMessage().getHeader(UploadHeaders.VIDEO, UUID.class);
        ObjectPeek.Beginning video = store.peek(ObjectKeys.video(id))
                .orElseThrow(() -> Fault.invalid("video_id", "video_id has no uploaded video yet"));
        if (video.size() == 0) {
            throw Fault.invalid("video_id", "video_id names an empty file");
        }
        if (video.size() > maxSize) {
            throw Fault.invalid("video_id", "video_id names a file of more than " + Sizes.text(maxSize));
        }
        if (!VideoSignature.matches(video.bytes())) {
            throw Fault.invalid("video_id", "video_id does not name a video");
        }
        exchange.getMessage().setHeader(UploadHeaders.SIZE, video.size());
        exchange.getMessage().setHeader(UploadHeaders.ETAG, video.etag());
    }
}
