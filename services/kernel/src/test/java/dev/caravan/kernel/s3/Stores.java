package dev.caravan.kernel.s3;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.OpenTelemetry;
import software.amazon.awssdk.services.s3.S3Client;

/** Servers of tests that stand for an object store. */
final class Stores {

    private Stores() {}

    static String address(HttpServer store) {
        return "http://127.0.0.1:" + store.getAddress().getPort();
    }

    /** As services have it. */
    static S3Client clientOf(HttpServer store) {
        return new ObjectStoreAutoConfiguration()
                .s3Client(
                        new ObjectStoreProperties("bucket", address(store), "", "us-east-1", "key", "secret"),
                        OpenTelemetry.noop().getTracer("test"));
    }
}
