package dev.caravan.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class ObjectStoreServerIT {
    private static final String BUCKET = "caravan";
    private static final String ACCESS_KEY = "caravan";
    private static final String SECRET_KEY = "secret";

    private final HttpClient browser = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private ObjectStoreServer server;

    @BeforeEach
    void startServer() {
        server = ObjectStoreServer.start(folder, 0, ACCESS_KEY, SECRET_KEY);
        server.createBucket(BUCKET);
        server.createBucket(BUCKET);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void keepsAnObjectOverARestart() {
        try (S3Client s3 = client(SECRET_KEY)) {
            s3.putObject(
                    put -> put.bucket(BUCKET).key("encoded-videos/1/master.mpd").contentType("application/dash+xml"),
                    RequestBody.fromString("<MPD/>"));
        }
        server.close();
        server = ObjectStoreServer.start(folder, 0, ACCESS_KEY, SECRET_KEY);
        server.createBucket(BUCKET);
        try (S3Client s3 = client(SECRET_KEY)) {
            HeadObjectResponse head = s3.headObject(get -> get.bucket(BUCKET).key("encoded-videos/1/master.mpd"));

            assertThat(head.contentLength()).isEqualTo(6);
            assertThat(head.contentType()).isEqualTo("application/dash+xml");
            assertThat(s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("encoded-videos/1/"))
                            .keyCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void servesRangesToPresignedUrls() throws Exception {
        URI put = presignPut("raw-videos/1");
        assertThat(send(HttpRequest.newBuilder(put)
                                .header("Content-Type", "video/mp4")
                                .PUT(BodyPublishers.ofString("0123456789")))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> part =
                send(HttpRequest.newBuilder(presignGet("raw-videos/1")).header("Range", "bytes=2-4"));

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
    }

    @Test
    void refusesUnsignedTamperedAndForeignRequests() throws Exception {
        URI put = presignPut("raw-videos/1");
        URI otherKey = URI.create(put.toString().replace("raw-videos/1", "raw-videos/2"));
        URI longer = URI.create(put.toString().replace("X-Amz-Expires=900", "X-Amz-Expires=90000"));
        URI unsigned = URI.create(server.endpoint() + "/" + BUCKET + "/raw-videos/1");

        for (URI refused : new URI[] {otherKey, longer, unsigned}) {
            assertThat(send(HttpRequest.newBuilder(refused).PUT(BodyPublishers.ofString("x")))
                            .statusCode())
                    .as(refused.toString())
                    .isEqualTo(403);
        }
        assertThat(send(HttpRequest.newBuilder(put).DELETE()).statusCode()).isEqualTo(403);
        try (S3Client intruder = client("guess")) {
            assertThatThrownBy(intruder::listBuckets).hasMessageContaining("Status Code: 403");
        }
    }

    @Test
    void letsAPageOfAnyOriginUpload() throws Exception {
        URI put = presignPut("raw-videos/1");

        HttpResponse<String> preflight = send(HttpRequest.newBuilder(put)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://localhost:4000")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type"));
        HttpResponse<String> upload = send(HttpRequest.newBuilder(put)
                .header("Origin", "http://localhost:4000")
                .header("Content-Type", "video/quicktime")
                .PUT(BodyPublishers.ofString("video")));

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElse(""))
                .contains("PUT");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("content-type");
        assertThat(upload.statusCode()).isEqualTo(200);
        assertThat(upload.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(upload.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("ETag");
    }

    @Test
    void takesAnObjectLargerThanTheHeap() throws Exception {
        long size = Runtime.getRuntime().maxMemory() + (64 << 20);

        HttpResponse<String> upload = send(HttpRequest.newBuilder(presignPut("raw-videos/large"))
                .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Zeros(size)), size)));

        assertThat(upload.statusCode()).isEqualTo(200);
        assertThat(Files.size(folder.resolve("objects/caravan/raw-videos/large")))
                .isEqualTo(size);
    }

    @Test
    void refusesALargeBodyOfUnknownLength() throws Exception {
        HttpRequest.Builder endless = HttpRequest.newBuilder(presignPut("raw-videos/endless"))
                .PUT(BodyPublishers.ofInputStream(() -> new Zeros(40 << 20)));
        try {
            assertThat(send(endless).statusCode()).isEqualTo(400);
        } catch (IOException e) {
            // The server hung up while the client still sent.
        }
        assertThat(folder.resolve("objects/caravan/raw-videos/endless")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "video/mp4",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded; charset=UTF-8",
                "multipart/form-data; boundary=x",
                "text/plain;charset=UTF-8",
                "nonsense"
            })
    void takesAnObjectWhateverItsType(String type) throws Exception {
        String body = "X-Amz-Expires=1&X-Amz-Signature=x&acl&a=%zz\0\u00e9" + "&b=c".repeat(300_000);
        for (String expectation : new String[] {"", "Expect: 100-continue\r\n"}) {
            assertThat(put(
                            presignPut("raw-videos/1"),
                            (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + expectation,
                            body))
                    .contains("HTTP/1.1 200 ");
            assertThat(stored("raw-videos/1")).isEqualTo(body);
        }
    }

    @Test
    void takesAnObjectInChunksAndTwice() throws Exception {
        URI put = presignPut("raw-videos/1");
        for (String body : new String[] {"first", "a=second"}) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(put)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .PUT(BodyPublishers.ofInputStream(
                            () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(stored("raw-videos/1")).isEqualTo(body);
        }
    }

    @Test
    void refusesAnObjectThatIsNotTheOneItsHashSays() throws Exception {
        URI put = presignPut("raw-videos/1");

        assertThat(put(put, "Content-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==\r\n", "not empty"))
                .contains("HTTP/1.1 400 ");
        assertThat(put(put, "Content-MD5: nonsense\r\n", "not empty")).contains("HTTP/1.1 400 ");
        assertThat(folder.resolve("objects/caravan/raw-videos/1")).doesNotExist();
    }

    @Test
    void makesNothingPublicThatTheSignatureDoesNot() throws Exception {
        String answer = put(presignPut("raw-videos/1"), "x-amz-acl: public-read\r\n", "private");

        assertThat(answer).containsAnyOf("HTTP/1.1 200 ", "HTTP/1.1 403 ");
        URI unsigned = URI.create(server.endpoint() + "/" + BUCKET + "/raw-videos/1");
        assertThat(send(HttpRequest.newBuilder(unsigned)).statusCode()).isEqualTo(403);
    }

    @Test
    void keepsTheBytesOfWhatCallsItselfCompressed() throws Exception {
        assertThat(put(presignPut("raw-videos/1"), "Content-Encoding: gzip\r\n", "no gzip"))
                .contains("HTTP/1.1 200 ");

        assertThat(stored("raw-videos/1")).isEqualTo("no gzip");
    }

    @Test
    void refusesAnExpiredUrlSoThatAPageCanReadIt() throws Exception {
        URI put = presignPut("raw-videos/1", Duration.ofSeconds(1));
        String headers = "Origin: http://localhost:4000\r\nContent-Type: application/x-www-form-urlencoded\r\n";

        await().until(() -> put(put, headers, "a=b").contains("HTTP/1.1 403 "));

        assertThat(put(put, headers, "a=c")).containsIgnoringCase("Access-Control-Allow-Origin: *");
    }

    private String stored(String key) throws Exception {
        return Files.readString(folder.resolve("objects/caravan/" + key), StandardCharsets.ISO_8859_1);
    }

    /** For headers that a proper client sets by itself. */
    private static String put(URI url, String headers, String body) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(60_000);
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream()
                    .write(("PUT " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: "
                                    + url.getAuthority() + "\r\nConnection: close\r\nContent-Length: " + bytes.length
                                    + "\r\n" + headers + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofString());
    }

    private URI presignPut(String key) {
        return presignPut(key, Duration.ofMinutes(15));
    }

    private URI presignPut(String key, Duration validity) {
        try (S3Presigner presigner = presigner()) {
            PutObjectRequest put =
                    PutObjectRequest.builder().bucket(BUCKET).key(key).build();
            return URI.create(presigner
                    .presignPutObject(sign -> sign.signatureDuration(validity).putObjectRequest(put))
                    .url()
                    .toString());
        }
    }

    private URI presignGet(String key) {
        try (S3Presigner presigner = presigner()) {
            GetObjectRequest get =
                    GetObjectRequest.builder().bucket(BUCKET).key(key).build();
            return URI.create(presigner
                    .presignGetObject(sign ->
                            sign.signatureDuration(Duration.ofMinutes(15)).getObjectRequest(get))
                    .url()
                    .toString());
        }
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(SECRET_KEY))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    private S3Client client(String secretKey) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(secretKey))
                .forcePathStyle(true)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static StaticCredentialsProvider credentials(String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, secretKey));
    }

    /** As many zeros as one asks for. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(left, length);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
