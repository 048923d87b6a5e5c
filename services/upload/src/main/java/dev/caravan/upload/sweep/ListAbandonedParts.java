package dev.caravan.upload.sweep;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.UploadProperties;
import dev.caravan.upload.store.ObjectKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Lists the next multipart uploads among videos and thumbnails, 1,000 at most, of which those that are so old that nobody may
 * be at them any more are named as arrays for find-unknown-parts.sql, in the headers {@code keys}, {@code ids} and {@code names}.
 * After the last it begins anew.
 */
@Component
final class ListAbandonedParts implements Processor {

    private final S3Client s3;
    private final String bucket;
    private final Duration age;
    private final Clock clock;
    private String folder = ObjectKeys.VIDEOS;
    private @Nullable String lastKey;
    private @Nullable String lastUpload;

    @Autowired
    ListAbandonedParts(S3Client s3, ObjectStoreProperties store, UploadProperties properties) {
        this(s3, store, properties.abandonedAfter(), Clock.systemUTC());
    }

    ListAbandonedParts(S3Client s3, ObjectStoreProperties store, Duration age, Clock clock) {
        this.s3 = s3;
        this.bucket = store.bucket();
        this.age = age;
        this.clock = clock;
    }

    @Override
    public synchronized void process(Exchange exchange) {
        ListMultipartUploadsResponse page = s3.listMultipartUploads(request ->
                request.bucket(bucket).prefix(folder).keyMarker(lastKey).uploadIdMarker(lastUpload));
        Instant before = clock.instant().minus(age);
        List<MultipartUpload> old = page.uploads().stream()
                .filter(upload ->
                        upload.initiated() != null && upload.initiated().isBefore(before))
                .filter(upload -> ObjectKeys.id(upload.key()).isPresent())
                .toList();
        Message message = exchange.getMessage();
        message.setHeader("keys", array(old, MultipartUpload::key));
        message.setHeader(
                "ids",
                array(old, upload -> ObjectKeys.id(upload.key()).orElseThrow().toString()));
        message.setHeader("names", array(old, MultipartUpload::uploadId));
        if (Boolean.TRUE.equals(page.isTruncated())) {
            lastKey = page.nextKeyMarker();
            lastUpload = page.nextUploadIdMarker();
        } else {
            folder = folder.equals(ObjectKeys.VIDEOS) ? ObjectKeys.THUMBNAILS : ObjectKeys.VIDEOS;
            lastKey = null;
            lastUpload = null;
        }
    }

    /** PostgreSQL's form; a store may call an upload what it likes. */
    private static String array(List<MultipartUpload> uploads, Function<MultipartUpload, String> value) {
        return uploads.stream()
                .map(upload -> '"' + value.apply(upload).replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
