package dev.caravan.cdnedge;

import dev.caravan.cdnedge.signature.TestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole edge over HTTP before real origins; one context for all tests that extend it. */
@SpringBootTest(
        classes = CdnEdgeApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=caravan,cdn-edge",
            "spring.application.name=cdn-edge",
            "management.server.port=0",
            "cdn.cache.folder=target/edge-cache/${random.uuid}",
            // Tests change objects, and see it at once.
            "cdn.cache.recheck-after=PT0S",
            "cdn.origin-key=" + EdgeServer.ORIGIN_KEY,
            "cdn.url=" + EdgeServer.CDN
        })
abstract class EdgeServer {

    /** What is signed; not the address that the tests ask, for the edge must not go by that. */
    static final String CDN = "https://cdn.example.com";

    static final String ORIGIN_KEY = "what the edge shows its origin";

    static final TestSigner SIGNER = TestSigner.create("K-RSA", "RSA");
    static final TestSigner SECOND_SIGNER = TestSigner.create("K-EC", "EC");
    static final Origins ORIGINS = Origins.shared();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    protected int port;

    @Autowired
    private S3Client s3;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("s3.endpoint", ORIGINS::s3Endpoint);
        registry.add("s3.access-key", () -> "caravan");
        registry.add("s3.secret-key", () -> "caravan-secret");
        registry.add("video-catalog.http-address", ORIGINS::manifestAddress);
        registry.add("cdn.key-pair-id", SIGNER::id);
        registry.add("cdn.public-key", () -> ORIGINS.publicKeyOf(SIGNER));
        registry.add("cdn.keys." + SECOND_SIGNER.id(), () -> ORIGINS.publicKeyOf(SECOND_SIGNER));
    }

    /** Path and query of a URL that is signed for the path's folder, for the next hour. */
    static String signed(String path) {
        String folder = CDN + path.substring(0, path.lastIndexOf('/') + 1);
        return SIGNER.custom(CDN + path, folder + "*", inAnHour()).substring(CDN.length());
    }

    static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    void put(String path, String contentType, byte[] bytes) {
        put(path, contentType, null, bytes);
    }

    void put(String path, String contentType, String contentEncoding, byte[] bytes) {
        s3.putObject(
                request -> request.bucket("caravan")
                        .key(path.substring(1))
                        .contentType(contentType)
                        .contentEncoding(contentEncoding),
                RequestBody.fromBytes(bytes));
    }

    /** Stores an object of this length and returns its bytes. */
    byte[] stored(String path, int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        put(path, "video/mp4", bytes);
        return bytes;
    }

    /** Stores a file that is to be downloaded under a name of its own. */
    byte[] storedToDownload(String path, int length, String disposition) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        s3.putObject(
                request -> request.bucket("caravan")
                        .key(path.substring(1))
                        .contentType("video/mp4")
                        .contentDisposition(disposition),
                RequestBody.fromBytes(bytes));
        return bytes;
    }

    void delete(String path) {
        s3.deleteObject(request -> request.bucket("caravan").key(path.substring(1)));
    }

    HttpResponse<byte[]> get(String pathAndQuery, String... headers) {
        return send("GET", pathAndQuery, headers);
    }

    HttpResponse<byte[]> send(String method, String pathAndQuery, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
