package dev.caravan.upload.store;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import dev.caravan.upload.media.VideoSignature;
import java.util.Optional;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Looks at objects without fetching them whole. */
@Component
public final class ObjectPeek {

    private static final int NOT_FOUND = 404;

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
     * @param bytes the first {@link VideoSignature#LENGTH}, fewer when it has no more
     */
    public record Beginning(long size, byte[] bytes) {}

    /**
     * Empty when there is no such object.
     *
     * @throws SdkException when the object store is down or refuses
     */
    public Optional<Beginning> peek(String key) {
        try {
            long size =
                    s3.headObject(request -> request.bucket(bucket).key(key)).contentLength();
            return Optional.of(new Beginning(size, size == 0 ? new byte[0] : beginning(key)));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private byte[] beginning(String key) {
        return s3.getObjectAsBytes(
                        request -> request.bucket(bucket).key(key).range("bytes=0-" + (VideoSignature.LENGTH - 1)))
                .asByteArrayUnsafe();
    }
}
