package dev.caravan.upload.store;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import io.opentelemetry.context.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Stores streams of unknown length part by part, each while the next one is read. The memory for it is the buffer that the
 * caller brings, whose length is the parts' size, and for what it does not hold a second one.
 */
@Component
public final class ObjectSink {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectSink.class);
    /** What bytes are of which nobody says more. */
    public static final String TYPE = "application/octet-stream";

    private final S3Client s3;
    private final String bucket;

    ObjectSink(S3Client s3, ObjectStoreProperties store) {
        this.s3 = s3;
        this.bucket = store.bucket();
    }

    /** Looks at the first bytes of a stream before anything of it is stored. */
    @FunctionalInterface
    public interface BeginningCheck {

        /** @throws RuntimeException to store nothing */
        void check(byte[] beginning);
    }

    /**
     * What is stored.
     *
     * @param size in bytes
     * @param etag names this very content; as the store states it, quotes included
     */
    public record Stored(long size, String etag) {}

    /**
     * Stores the stream to its end.
     *
     * @param beginning how many bytes the check gets, or the whole stream when it has fewer
     * @throws IOException when the stream fails; nothing of it is in the store then
     * @throws SdkException when the store fails; likewise, unless it is down at that
     */
    public Stored store(String key, InputStream stream, byte[] buffer, int beginning, BeginningCheck check)
            throws IOException {
        int filled = stream.readNBytes(buffer, 0, beginning);
        check.check(Arrays.copyOf(buffer, filled));
        filled += stream.readNBytes(buffer, filled, buffer.length - filled);
        if (filled < buffer.length) {
            return put(key, buffer, filled, TYPE);
        }
        return storeParts(key, stream, buffer);
    }

    /** Stores the first bytes of an array. */
    public Stored put(String key, byte[] bytes, int length, String contentType) {
        String etag = s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .contentLength((long) length),
                        body(bytes, length))
                .eTag();
        return new Stored(length, etag);
    }

    /**
     * Begins a multipart upload.
     *
     * @return what the store calls it
     */
    public String beginParts(String key) {
        return s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(TYPE))
                .uploadId();
    }

    /**
     * Stores the first bytes of an array as a part, in the place of one that had the number.
     *
     * @return its etag
     * @throws NoSuchUploadException when the upload has ended
     */
    public String putPart(String key, String uploadId, int number, byte[] bytes, int length) {
        return storePart(key, uploadId, number, bytes, length).eTag();
    }

    /**
     * Makes one object of the parts.
     *
     * @throws NoSuchUploadException when the upload has ended
     */
    public void completeParts(String key, String uploadId, List<CompletedPart> parts) {
        s3.completeMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(all -> all.parts(parts)));
    }

    /** The first bytes of an object, to be closed. */
    public InputStream read(String key, int length) {
        return s3.getObject(request -> request.bucket(bucket).key(key).range("bytes=0-" + (length - 1)));
    }

    /**
     * Removes all objects whose keys begin so.
     *
     * @throws SdkException when the store is down
     */
    public void removeBelow(String prefix) {
        s3.listObjectsV2(request -> request.bucket(bucket).prefix(prefix))
                .contents()
                .forEach(object -> remove(object.key()));
    }

    /**
     * Ends a multipart upload, unless it has ended.
     *
     * @throws SdkException when the store is down
     */
    public void endParts(String key, String uploadId) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(uploadId));
        } catch (NoSuchUploadException e) {
            LOG.debug("Parts of {} are gone already", key);
        }
    }

    /**
     * Removes the object if it is there.
     *
     * @throws SdkException when the store is down
     */
    public void remove(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** Removes the object if it is there; a store that is down keeps it, and the log says so. */
    public void discard(String key) {
        try {
            remove(key);
        } catch (SdkException e) {
            LOG.warn("Object {} of a failed upload could not be removed: {}", key, e.getMessage());
        }
    }

    /**
     * Removes the object and all parts of uploads to it that nobody ended.
     *
     * @throws SdkException when the store is down
     */
    public void purge(String key) {
        s3.listMultipartUploads(request -> request.bucket(bucket).prefix(key)).uploads().stream()
                .filter(upload -> upload.key().equals(key))
                .forEach(upload -> endParts(key, upload.uploadId()));
        remove(key);
    }

    private Stored storeParts(String key, InputStream stream, byte[] buffer) throws IOException {
        String upload = beginParts(key);
        boolean complete = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            long size = 0;
            byte[] full = buffer;
            byte[] free = new byte[buffer.length];
            int filled = buffer.length;
            while (filled > 0) {
                CompletableFuture<CompletedPart> sent = sendPart(key, upload, parts.size() + 1, full, filled);
                size += filled;
                try {
                    filled = stream.readNBytes(free, 0, free.length);
                } finally {
                    // What is still being sent would stay after the upload has been given up.
                    sent.handle((part, failure) -> part).join();
                }
                parts.add(sentPart(sent));
                byte[] emptied = full;
                full = free;
                free = emptied;
            }
            String etag = s3.completeMultipartUpload(request ->
                            request.bucket(bucket).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)))
                    .eTag();
            complete = true;
            return new Stored(size, etag);
        } finally {
            if (!complete) {
                abort(key, upload);
            }
        }
    }

    private CompletableFuture<CompletedPart> sendPart(
            String key, String upload, int number, byte[] buffer, int length) {
        return CompletableFuture.supplyAsync(
                Context.current().wrapSupplier(() -> storePart(key, upload, number, buffer, length)),
                task -> new Thread(task, "upload-part").start());
    }

    private static CompletedPart sentPart(CompletableFuture<CompletedPart> sent) {
        try {
            return sent.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private CompletedPart storePart(String key, String upload, int number, byte[] buffer, int length) {
        String tag = s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(upload)
                                .partNumber(number)
                                .contentLength((long) length),
                        body(buffer, length))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void abort(String key, String upload) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.warn("Parts of the failed upload {} could not be removed: {}", key, e.getMessage());
        }
    }

    /** The buffer itself, not a copy; a request that is repeated reads it again. */
    private static RequestBody body(byte[] buffer, int length) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(buffer, 0, length), length, TYPE);
    }
}
