package dev.caravan.upload.store;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.media.VideoSignature;
import io.grpc.Status;
import java.util.Optional;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks at objects without fetching them whole. */
@Component
public final class ObjectPeek {

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    ObjectPeek(S3Client s3, ObjectStoreProperties store) {
        this.s3 = s3;
        this.bucket = store.bucket();
    }

    /**
     * An object's beginning.
     *
     * @param size of all of it, in bytes
     * @param etag names this very content; as the store states it, quotes included
     * @param bytes the first {@link VideoSignature#LENGTH}, fewer when it has no more
     */
    public record Beginning(long size, String etag, byte[] bytes) {}

    /**
     * Empty when there is no such object.
     *
     * @throws SdkException when the object store is down or refuses
     * @throws Fault ABORTED when the object is replaced meanwhile
     */
    public Optional<Beginning> peek(String key) {
        try {
            HeadObjectResponse head =
                    s3.headObject(request -> request.bucket(bucket).key(key));
            long size = head.contentLength();
            return Optional.of(new Beginning(size, head.eTag(), size == 0 ? new byte[0] : beginning(key, head.eTag())));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (e.statusCode() == PRECONDITION_FAILED) {
                throw Fault.of(
                        Status.Code.ABORTED,
                        "UPLOAD_CHANGED",
                        "The file was replaced just now; call the webhook again.");
            }
            throw e;
        }
    }

    /** Of the content that the size is of, not of one that was put in its place since. */
    private byte[] beginning(String key, String etag) {
        return s3.getObjectAsBytes(request ->
                        request.bucket(bucket).key(key).ifMatch(etag).range("bytes=0-" + (VideoSignature.LENGTH - 1)))
                .asByteArrayUnsafe();
    }
}
