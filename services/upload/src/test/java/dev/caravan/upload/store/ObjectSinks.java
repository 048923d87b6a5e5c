package dev.caravan.upload.store;

import dev.caravan.kernel.s3.ObjectStoreProperties;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes sinks for tests of other packages. */
public final class ObjectSinks {

    private ObjectSinks() {}

    public static ObjectSink of(S3Client s3, ObjectStoreProperties properties) {
        return new ObjectSink(s3, properties);
    }
}
