package dev.caravan.cdnedge.cache;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What the object store says of an object beside its bytes, as far as viewers are told. */
public record StoredObject(
        @Nullable String etag,
        @Nullable Instant lastModified,
        @Nullable String cacheControl,
        @Nullable String contentType,
        @Nullable String contentDisposition,
        long length) {

    /** What it said with a whole object or with a range, whose length it is then. */
    public static StoredObject of(GetObjectResponse response) {
        return new StoredObject(
                response.eTag(),
                response.lastModified(),
                response.cacheControl(),
                response.contentType(),
                response.contentDisposition(),
                response.contentLength());
    }
}
