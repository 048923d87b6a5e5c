package dev.caravan.kernel.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** What an object store is sent over plain HTTP. */
class UnhashedObjectsTest {

    private static final String HASH = "x-amz-content-sha256";
    private static final String UNHASHED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private final Map<String, Headers> asked = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private HttpServer store;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        store = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        store.createContext("/", exchange -> {
            asked.put(exchange.getRequestMethod(), exchange.getRequestHeaders());
            bodies.put(
                    exchange.getRequestMethod(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            byte[] answer = "<CompleteMultipartUploadResult/>".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("POST") ? answer.length : -1);
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        store.start();
        s3 = Stores.clientOf(store);
    }

    @AfterEach
    void stop() {
        s3.close();
        store.stop(0);
    }

    @Test
    void isAnObjectThatIsNotHashedAndItsCrc() {
        s3.putObject(request -> request.bucket("bucket").key("object"), RequestBody.fromString("the content"));

        assertThat(asked.get("PUT").getFirst(HASH)).isEqualTo(UNHASHED);
        assertThat(asked.get("PUT").getFirst("Authorization")).contains("AWS4-HMAC-SHA256", HASH);
        assertThat(bodies.get("PUT")).contains("the content", "x-amz-checksum-crc32:");
    }

    @Test
    void isAPartThatIsNotHashed() {
        s3.uploadPart(
                request -> request.bucket("bucket")
                        .key("object")
                        .uploadId("upload")
                        .partNumber(1),
                RequestBody.fromString("the content"));

        assertThat(asked.get("PUT").getFirst(HASH)).isEqualTo(UNHASHED);
    }

    @Test
    void areOtherRequestsWithTheHashOfTheirBodies() {
        s3.completeMultipartUpload(request -> request.bucket("bucket")
                .key("object")
                .uploadId("upload")
                .multipartUpload(all -> all.parts(
                        CompletedPart.builder().partNumber(1).eTag("tag").build())));

        assertThat(asked.get("POST").getFirst(HASH)).matches("[0-9a-f]{64}");
    }
}
