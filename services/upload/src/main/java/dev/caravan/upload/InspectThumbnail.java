package dev.caravan.upload;

import dev.caravan.kernel.Fault;
import dev.caravan.upload.media.ImageSignature;
import dev.caravan.upload.media.Sizes;
import dev.caravan.upload.store.ObjectKeys;
import dev.caravan.upload.store.ObjectPeek;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Says in the header {@code thumbnail} whether there is one, and which; refuses one that is too large or no image. */
@Component
final class InspectThumbnail implements Processor {

    private final ObjectPeek store;
    private final long maxSize;

    InspectThumbnail(ObjectPeek store, UploadProperties properties) {
        this.store = store;
        this.maxSize = properties.maxThumbnailSize().toBytes();
    }

    @Override
    public void process(Exchange exchange) {
        UUID id = exchange.getMessage().getHeader(UploadHeaders.THUMBNAIL, UUID.class);
        Optional<ObjectPeek.Beginning> thumbnail = store.peek(ObjectKeys.thumbnail(id));
        thumbnail.ifPresent(this::check);
        Message message = exchange.getMessage();
        message.setHeader(UploadHeaders.HAS_THUMBNAIL, thumbnail.isPresent());
        message.setHeader(
                UploadHeaders.THUMBNAIL_SIZE,
                thumbnail.map(ObjectPeek.Beginning::size).orElse(null));
        message.setHeader(
                UploadHeaders.THUMBNAIL_ETAG,
                thumbnail.map(ObjectPeek.Beginning::etag).orElse(null));
    }

    private void check(ObjectPeek.Beginning thumbnail) {
        if (thumbnail.size() > maxSize) {
            throw Fault.invalid("thumbnail_id", "thumbnail_id names a file of more than " + Sizes.text(maxSize));
        }
        if (ImageSignature.typeOf(thumbnail.bytes()).isEmpty()) {
            throw Fault.invalid("thumbnail_id", "thumbnail_id does not name a JPEG, PNG, WebP or GIF image");
        }
    }
}
