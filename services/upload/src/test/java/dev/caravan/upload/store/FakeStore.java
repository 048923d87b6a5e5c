package dev.caravan.upload.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** As much of an object store as uploads need, in memory. */
public final class FakeStore implements S3Client {

    /** When every multipart upload was begun. */
    public static final Instant INITIATED = Instant.parse("2026-01-02T03:04:05Z");

    /** When every object was stored. */
    public static final Instant STORED = Instant.parse("2026-01-02T03:04:05Z");

    /** What is stored, by key. */
    public final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** Multipart uploads under way, by key: number of the part to its bytes. */
    public final Map<String, Map<Integer, byte[]>> parts = new ConcurrentHashMap<>();

    /** Content types by key. */
    public final Map<String, String> types = new ConcurrentHashMap<>();

    /** Sizes of the parts of each complete multipart upload. */
    public final Map<String, int[]> partSizes = new ConcurrentHashMap<>();

    private volatile boolean down;
    private Runnable afterHead = () -> {};
    private Runnable beforePart = () -> {};

    /** Something that happens between a look at an object's size and one at its content. */
    public void setAfterHead(Runnable action) {
        afterHead = action;
    }

    /** Something that a part waits for. */
    public void setBeforePart(Runnable action) {
        beforePart = action;
    }

    public void setDown(boolean isDown) {
        down = isDown;
    }

    public void clear() {
        down = false;
        objects.clear();
        parts.clear();
        types.clear();
        partSizes.clear();
    }

    /** The one object below the prefix. */
    public byte[] only(String prefix) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .reduce((first, second) -> {
                    throw new AssertionError("More than one object in " + prefix);
                })
                .orElseThrow(() -> new AssertionError("No object in " + prefix));
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
        check();
        objects.put(request.key(), bytes(body));
        types.put(request.key(), request.contentType());
        return PutObjectResponse.builder().eTag(etag(request.key())).build();
    }

    @Override
    public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
        check();
        parts.put(request.key(), new TreeMap<>());
        return CreateMultipartUploadResponse.builder().uploadId("upload").build();
    }

    @Override
    public UploadPartResponse uploadPart(UploadPartRequest request, RequestBody body) {
        beforePart.run();
        check();
        parts.get(request.key()).put(request.partNumber(), bytes(body));
        return UploadPartResponse.builder().eTag("tag" + request.partNumber()).build();
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(CompleteMultipartUploadRequest request) {
        check();
        Map<Integer, byte[]> all = parts.remove(request.key());
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        request.multipartUpload().parts().forEach(part -> whole.writeBytes(all.get(part.partNumber())));
        objects.put(request.key(), whole.toByteArray());
        partSizes.put(
                request.key(),
                all.values().stream().mapToInt(part -> part.length).toArray());
        return CompleteMultipartUploadResponse.builder()
                .eTag(etag(request.key()))
                .build();
    }

    @Override
    public AbortMultipartUploadResponse abortMultipartUpload(AbortMultipartUploadRequest request) {
        check();
        parts.remove(request.key());
        return AbortMultipartUploadResponse.builder().build();
    }

    @Override
    public ListMultipartUploadsResponse listMultipartUploads(ListMultipartUploadsRequest request) {
        check();
        return ListMultipartUploadsResponse.builder()
                .uploads(parts.keySet().stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .map(key -> MultipartUpload.builder()
                                .key(key)
                                .uploadId("upload")
                                .initiated(INITIATED)
                                .build())
                        .toList())
                .build();
    }

    @Override
    public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
        check();
        return ListObjectsV2Response.builder()
                .contents(objects.keySet().stream()
                        .filter(key -> key.startsWith(request.prefix()))
                        .filter(key -> request.startAfter() == null || key.compareTo(request.startAfter()) > 0)
                        .sorted()
                        .map(key ->
                                S3Object.builder().key(key).lastModified(STORED).build())
                        .toList())
                .isTruncated(false)
                .build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
        check();
        objects.remove(request.key());
        return DeleteObjectResponse.builder().build();
    }

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
        check();
        HeadObjectResponse head = HeadObjectResponse.builder()
                .contentLength((long) object(request.key()).length)
                .eTag(etag(request.key()))
                .build();
        afterHead.run();
        return head;
    }

    @Override
    public <R> R getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, R> transformer) {
        check();
        byte[] object = object(request.key());
        if (request.ifMatch() != null && !request.ifMatch().equals(etag(request.key()))) {
            throw S3Exception.builder().statusCode(412).message("changed").build();
        }
        int end = Integer.parseInt(request.range().substring("bytes=0-".length())) + 1;
        byte[] range = Arrays.copyOf(object, Math.min(end, object.length));
        try {
            return transformer.transform(
                    GetObjectResponse.builder().build(), AbortableInputStream.create(new ByteArrayInputStream(range)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String serviceName() {
        return "s3";
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private byte[] object(String key) {
        byte @Nullable [] object = objects.get(key);
        if (object == null) {
            throw NoSuchKeyException.builder().statusCode(404).message("none").build();
        }
        return object;
    }

    /** Of the content that is there at the moment. */
    public String etag(String key) {
        return "\"" + Integer.toHexString(Arrays.hashCode(object(key))) + "\"";
    }

    private void check() {
        if (down) {
            throw SdkClientException.create("The store is down");
        }
    }

    private static byte[] bytes(RequestBody body) {
        try (var stream = body.contentStreamProvider().newStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
