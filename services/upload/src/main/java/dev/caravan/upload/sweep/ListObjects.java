package dev.caravan.upload.sweep;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.store.ObjectKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the next objects among videos, thumbnails and tails of resumable uploads, 1,000 at most, as arrays for find-unknown-objects.sql in the headers
 * {@code keys}, {@code ids} and {@code moments}. After the last it begins anew. It first begins anywhere, so that an instance
 * that never lives to the end leaves no part out.
 */
@Component
final class ListObjects implements Processor {

    private static final List<String> FOLDERS = List.of(ObjectKeys.VIDEOS, ObjectKeys.THUMBNAILS, ObjectKeys.TAILS);

    private final S3Client s3;
    private final String bucket;
    private String folder = ObjectKeys.VIDEOS;
    private @Nullable String last = ObjectKeys.VIDEOS + UUID.randomUUID();

    ListObjects(S3Client s3, ObjectStoreProperties store) {
        this.s3 = s3;
        this.bucket = store.bucket();
    }

    @Override
    public synchronized void process(Exchange exchange) {
        ListObjectsV2Response page = s3.listObjectsV2(
                request -> request.bucket(bucket).prefix(folder).startAfter(last));
        List<String> keys = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<String> moments = new ArrayList<>();
        for (S3Object object : page.contents()) {
            Optional<UUID> id = ObjectKeys.id(object.key());
            // What somebody else put there is not ours to judge.
            if (id.isPresent()) {
                keys.add(object.key());
                ids.add(id.get().toString());
                moments.add(object.lastModified().toString());
            }
        }
        Message message = exchange.getMessage();
        message.setHeader("keys", array(keys));
        message.setHeader("ids", array(ids));
        message.setHeader("moments", array(moments));
        turnTo(page);
    }

    private void turnTo(ListObjectsV2Response page) {
        if (Boolean.TRUE.equals(page.isTruncated()) && !page.contents().isEmpty()) {
            last = page.contents().get(page.contents().size() - 1).key();
        } else {
            folder = FOLDERS.get((FOLDERS.indexOf(folder) + 1) % FOLDERS.size());
            last = null;
        }
    }

    /** PostgreSQL's form; none of these values has a character that means something in it. */
    private static String array(List<String> values) {
        return "{" + String.join(",", values) + "}";
    }
}
