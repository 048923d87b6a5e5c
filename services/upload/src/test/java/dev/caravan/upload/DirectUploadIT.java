package dev.caravan.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.upload.direct.Form;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** POST /videos/upload: upload-http-endpoint and upload-direct. */
class DirectUploadIT extends UploadTestBase {

    private static final String QUERY = "?title=A+t%C3%AFtle&description=Of+it";

    @Autowired
    private CamelContext context;

    @BeforeEach
    void emptyTheStore() {
        stored().forEach(key ->
                s3.deleteObject(request -> request.bucket(Servers.BUCKET).key(key)));
    }

    @Test
    void takesAFormWithFieldsAfterTheFiles() throws Exception {
        byte[] video = Form.video(13_000_000);
        byte[] body = new Form()
                .file("video", video)
                .file("thumbnail", Form.PNG)
                .field("description", "Of\nit")
                .field("visibility", "unlisted")
                .field("title", "A tïtle")
                .body();

        String id = accepted(post("", BodyPublishers.ofByteArray(body), "content-type", Form.TYPE));

        JsonNode data = announcement(id).path("data");
        assertThat(data.path("visibility").asText()).isEqualTo("unlisted");
        assertThat(data.path("title").asText()).isEqualTo("A tïtle");
        assertThat(data.path("description").asText()).isEqualTo("Of\nit");
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
        assertThat(object("raw-videos/" + id)).isEqualTo(video);
        String thumbnail = data.path("thumbnail").asText();
        assertThat(thumbnail)
                .isEqualTo("thumbnails/" + data.path("thumbnail_id").asText());
        assertThat(object(thumbnail)).isEqualTo(Form.PNG);
        // Those of the objects as everyone finds them, of one that was stored in parts too.
        assertThat(data.path("thumbnail_size").asLong()).isEqualTo(Form.PNG.length);
        assertThat(data.path("thumbnail_etag").asText()).isEqualTo(etag(thumbnail));
        assertThat(data.path("size").asLong()).isEqualTo(video.length);
        assertThat(data.path("etag").asText()).isEqualTo(etag("raw-videos/" + id));
        assertThat(s3.listObjectsV2(request -> request.bucket(Servers.BUCKET).prefix("raw-videos/" + id))
                        .contents()
                        .get(0)
                        .eTag())
                .isEqualTo(data.path("etag").asText());
        assertThat(s3.headObject(request -> request.bucket(Servers.BUCKET).key(thumbnail))
                        .contentType())
                .isEqualTo("image/png");
    }

    @Test
    void takesARawBodyAsCurlSendsIt() throws Exception {
        byte[] video = Form.video(1_000_000);

        String id = accepted(
                post(QUERY, BodyPublishers.ofByteArray(video), "content-type", "application/x-www-form-urlencoded"));

        JsonNode data = announcement(id).path("data");
        assertThat(data.path("title").asText()).isEqualTo("A tïtle");
        assertThat(data.has("thumbnail")).isFalse();
        assertThat(object("raw-videos/" + id)).isEqualTo(video);
    }

    @Test
    void takesTextAsItIsKept() throws Exception {
        byte[] body = new Form()
                .field("title", "A ti\u0308tle\u202e")
                .field("description", "a\r\nb")
                .file("video", Form.video(1000))
                .body();

        JsonNode data = announcement(accepted(post("", BodyPublishers.ofByteArray(body), "content-type", Form.TYPE)))
                .path("data");

        assertThat(data.path("title").asText()).isEqualTo("A t\u00eftle");
        assertThat(data.path("description").asText()).isEqualTo("a\nb");
    }

    @Test
    void refusesTextThatNobodySeesAndTextThatIsTooLong() throws Exception {
        for (String query : List.of("?title=%E2%80%8B%E3%85%A4&description=d", "?title=%EF%BB%BF&description=d")) {
            assertThat(errors(post(query, BodyPublishers.ofByteArray(Form.video(1000))))
                            .path("title"))
                    .map(JsonNode::asText)
                    .containsExactly("title is required");
        }
        assertThat(errors(post("?title=t&description=a%00b", BodyPublishers.ofByteArray(Form.video(1000))))
                        .path("description"))
                .map(JsonNode::asText)
                .containsExactly("description must be valid text");
        for (String title : List.of("u\u0308".repeat(256), "\u200e".repeat(10_000) + "A title")) {
            byte[] body = new Form()
                    .field("title", title)
                    .field("description", "d")
                    .file("video", Form.video(1000))
                    .body();
            assertThat(errors(post("", BodyPublishers.ofByteArray(body), "content-type", Form.TYPE))
                            .path("title"))
                    .map(JsonNode::asText)
                    .containsExactly("title must be at most 255 characters");
        }
        assertNothingIsStored();
    }

    @Test
    void takesABodyInChunks() throws Exception {
        byte[] video = Form.video(13_000_000);

        String id = accepted(post(QUERY, chunked(video), "content-type", "video/mp4"));

        announcement(id);
        assertThat(object("raw-videos/" + id)).isEqualTo(video);
    }

    @Test
    void refusesABodyThatIsNoVideoWithoutStoringAnyOfIt() throws Exception {
        HttpResponse<String> response = post(QUERY, BodyPublishers.ofByteArray(new byte[20_000_000]));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body())
                        .path("data")
                        .path("errors")
                        .path("video")
                        .path(0)
                        .asText())
                .isEqualTo("video is not a video");
        assertNothingIsStored();
    }

    @Test
    void refusesAVideoThatSaysItIsTooLarge() throws Exception {
        HttpResponse<String> response = post(QUERY, BodyPublishers.ofByteArray(Form.video(41 << 20)));

        assertTooLarge(response);
    }

    @Test
    void stopsAVideoThatTurnsOutTooLarge() throws Exception {
        assertTooLarge(post(QUERY, chunked(Form.video(41 << 20))));
    }

    @Test
    void leavesNothingOfABodyThatIsCutOff() throws Exception {
        cutOff("Content-Length: 30000000\r\n", Form.video(20_000_000));

        assertNothingRemains();
    }

    @Test
    void leavesNothingOfChunksThatAreCutOff() throws Exception {
        byte[] chunk = Form.video(20_000_000);
        byte[] size = Form.bytes(Integer.toHexString(chunk.length + 1_000) + "\r\n");
        byte[] body = Arrays.copyOf(size, size.length + chunk.length);
        System.arraycopy(chunk, 0, body, size.length, chunk.length);

        cutOff("Transfer-Encoding: chunked\r\n", body);

        assertNothingRemains();
    }

    @Test
    void leavesNothingOfAFormThatIsCutOffAfterTheVideo() throws Exception {
        byte[] whole = new Form()
                .file("video", Form.video(13_000_000))
                .field("title", "A title")
                .field("description", "Of it")
                .body();
        cutOff(
                "Content-Type: " + Form.TYPE + "\r\nContent-Length: " + whole.length + "\r\n",
                Arrays.copyOf(whole, whole.length - 30));

        assertNothingRemains();
    }

    @Test
    void givesUpAClientThatSaysNothingMore() throws Exception {
        try (Socket socket = sendPart("Content-Length: 30000000\r\n", Form.video(20_000_000))) {
            assertNothingRemains();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("urn:caravan:problem:request-timeout");
        }
    }

    @Test
    void takesAVideoOnceHoweverOftenItIsSentUnderOneKey() throws Exception {
        String key = UUID.randomUUID().toString();
        byte[] video = Form.video(1_000_000);

        String id = accepted(post(QUERY, BodyPublishers.ofByteArray(video), "Idempotency-Key", key));
        assertThat(accepted(post(QUERY, BodyPublishers.ofByteArray(video), "Idempotency-Key", key)))
                .isEqualTo(id);

        assertThat(stored()).containsExactly("raw-videos/" + id);
        announcement(id);
        assertThat(post("?title=Another&description=Of+it", BodyPublishers.ofByteArray(video), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(QUERY + "&visibility=private", BodyPublishers.ofByteArray(video), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(409);
        assertThat(post(QUERY, BodyPublishers.ofByteArray(Form.video(999)), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(409);
        assertThat(accepted(post(QUERY, BodyPublishers.ofByteArray(video), "Idempotency-Key", key + "-2")))
                .isNotEqualTo(id);
        assertThat(accepted(post(QUERY, BodyPublishers.ofByteArray(video)))).isNotEqualTo(id);
    }

    @Test
    void saysWhoMaySeeAVideoAtAll() throws Exception {
        assertThat(errors(post(QUERY + "&visibility=everybody", BodyPublishers.ofByteArray(Form.video(1000))))
                        .path("visibility"))
                .extracting(JsonNode::asText)
                .containsExactly("visibility must be one of public, unlisted, private");

        String id = accepted(post(QUERY + "&visibility=private", BodyPublishers.ofByteArray(Form.video(1000))));

        assertThat(announcement(id).path("data").path("visibility").asText()).isEqualTo("private");
    }

    @Test
    void takesLeaveOfAConnectionWhoseBodyNobodyNeeded() throws Exception {
        String key = UUID.randomUUID().toString();
        byte[] video = Form.video(10_000);
        accepted(post(QUERY, BodyPublishers.ofByteArray(video), "Idempotency-Key", key));

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
            socket.getOutputStream()
                    .write(Form.bytes("POST /videos/upload" + QUERY + " HTTP/1.1\r\nHost: x\r\nx-user-id: 7\r\n"
                            + "Idempotency-Key: " + key + "\r\nTransfer-Encoding: chunked\r\n\r\n2710\r\n"));
            socket.getOutputStream().write(video);
            socket.getOutputStream().write(Form.bytes("\r\n0\r\n\r\n"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 201").containsIgnoringCase("connection: close");
        }
    }

    @Test
    void letsTheLastOfSeveralAttemptsUnderOneKeyTakeTheVideo() throws Exception {
        String key = UUID.randomUUID().toString();
        try (Socket stuck =
                sendPart("Content-Length: 30000000\r\nIdempotency-Key: " + key + "\r\n", Form.video(20_000_000))) {
            String id = accepted(post(QUERY, BodyPublishers.ofByteArray(Form.video(1000)), "Idempotency-Key", key));

            stuck.getOutputStream().write(new byte[10_000_000]);
            assertThat(new String(stuck.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 404");
            assertThat(jdbc.queryForList("select video_id::text from uploads where request_key = ?", String.class, key))
                    .containsExactly(id);
        }
    }

    @Test
    void letsNoHeaderParameterOrFileNameSteerAnything() throws Exception {
        String title = "{{caravan.service-key}} ${header.x-user-id} ../../{{env:PATH}}";
        byte[] body = new Form()
                .file("video", "../../../CamelFileName/${exchangeId}.mp4", Form.video(1000))
                .field("description", "#{systemProperties}")
                .field("title", title)
                .body();

        String id = accepted(post(
                "?CamelAwsS3Key=evil&CamelAwsS3BucketName=evil&CamelSqlQuery=evil&userId=1&videoId=evil",
                BodyPublishers.ofByteArray(body),
                "Content-Type",
                Form.TYPE,
                "CamelAwsS3Key",
                "evil",
                "camelawss3bucketname",
                "evil",
                "CamelSqlQuery",
                "delete from uploads",
                "CamelHttpResponseCode",
                "500",
                "CamelFileName",
                "../../evil",
                "videoId",
                "evil",
                "userId",
                "1"));

        assertThat(stored()).containsExactly("raw-videos/" + id);
        JsonNode data = announcement(id).path("data");
        assertThat(data.path("title").asText()).isEqualTo(title);
        assertThat(data.path("description").asText()).isEqualTo("#{systemProperties}");
        assertThat(data.path("user_id").asInt()).isEqualTo(ANN);
    }

    @Test
    void answersOnlyPostsToItsPath() throws Exception {
        HttpRequest get = HttpRequest.newBuilder(url("/videos/upload")).build();
        assertThat(http.send(get, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
        HttpRequest other = HttpRequest.newBuilder(url("/videos/else")).build();
        assertThat(http.send(other, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /videos/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "TRACE /videos/upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "POST /videos/else HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                "POST /videos/upload%00 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /videos%2fupload HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /videos/upload?title=\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /videos/upload HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                "POST /videos/upload HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nConnection: close\r\n\r\n",
                "POST /videos/upload HTTP/1.1\r\n\r\n",
                "nonsense\r\n\r\n"
            })
    void refusesWhatIsNoRequestInTheSameWords(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .matches("(?s)HTTP/1.1 4\\d\\d .*")
                    .contains("application/problem+json", "\"message\":", "\"data\":{")
                    .doesNotContain("<html", "Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?title=%ff&description=x", "?title=%00&description=x"})
    void namesTheFieldOfAQueryThatIsNoText(String query) throws Exception {
        HttpResponse<String> answer = post(query, BodyPublishers.ofByteArray(Form.video(100)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/data/errors/title")).isNotEmpty();
        assertNothingIsStored();
    }

    @Test
    void namesAKeyThatIsNone() throws Exception {
        HttpResponse<String> answer =
                post(QUERY, BodyPublishers.ofByteArray(Form.video(100)), "Idempotency-Key", "two words");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/data/errors/Idempotency-Key"))
                .isNotEmpty();
        assertNothingIsStored();
    }

    private void assertTooLarge(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(413);
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("message").asText()).isEqualTo("Content Too Large");
        assertThat(problem.path("detail").asText()).isEqualTo("A video can have at most 40 MiB.");
        assertNothingIsStored();
    }

    private void assertNothingRemains() {
        // The reservation is there before the first byte is read, so the upload has begun.
        await().atMost(PATIENCE).until(() -> context.getInflightRepository().size("upload-http-endpoint") == 0);
        assertNothingIsStored();
        assertThat(jdbc.queryForObject(
                        "select count(*) from uploads where published_at is not null and announced_at is null",
                        Integer.class))
                .isZero();
    }

    private static JsonNode errors(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(400);
        return JSON.readTree(response.body()).path("data").path("errors");
    }

    private void assertNothingIsStored() {
        assertThat(stored()).isEmpty();
        assertThat(s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                        .uploads())
                .isEmpty();
    }

    private void cutOff(String headers, byte[] body) throws IOException {
        sendPart(headers, body).close();
    }

    /** Sends some of a request and waits until some of that is in the store. */
    private Socket sendPart(String headers, byte[] body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort);
        String query = headers.contains("multipart") ? "" : QUERY;
        OutputStream out = socket.getOutputStream();
        out.write(Form.bytes(
                "POST /videos/upload" + query + " HTTP/1.1\r\nHost: x\r\nx-user-id: 7\r\n" + headers + "\r\n"));
        out.write(body);
        out.flush();
        await().atMost(PATIENCE)
                .until(() -> !stored().isEmpty()
                        || s3.listMultipartUploads(request -> request.bucket(Servers.BUCKET))
                                .hasUploads());
        return socket;
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private HttpResponse<String> post(String query, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url("/videos/upload" + query))
                .header("x-user-id", Integer.toString(ANN))
                .POST(body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private String accepted(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode answer = JSON.readTree(response.body());
        assertThat(answer.path("message").asText()).isEqualTo("Success");
        return answer.path("data").path("video_id").asText();
    }

    private String etag(String key) {
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key(key)).eTag();
    }

    private byte[] object(String key) throws S3Exception {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key(key))
                .asByteArray();
    }
}
