package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.videocatalog.manifest.Fixtures;
import dev.caravan.videocatalog.signature.SignedUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** video-catalog-manifest-endpoint, video-catalog-check-manifest, video-catalog-manifest. */
@ExtendWith(OutputCaptureExtension.class)
class ManifestIT extends CatalogTestBase {

    private static final String FOLDER = "encoded-videos/0b9e-4c";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private S3Client s3;

    @Test
    void signsAVariantsSegments() throws Exception {
        put("media_0.m3u8", Fixtures.bytes("media_0.m3u8"));

        HttpResponse<byte[]> answer = send("GET", "media_0.m3u8");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/vnd.apple.mpegurl");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(answer.body().length);
        List<SignedUrl> segments = new String(answer.body(), UTF_8)
                .lines()
                .filter(line -> line.startsWith("segment-"))
                .map(SignedUrl::parse)
                .toList();
        assertThat(segments)
                .extracting(SignedUrl::url)
                .containsExactly("segment-0-00001.m4s", "segment-0-00002.m4s", "segment-0-00003.m4s");
        assertThat(segments)
                .allMatch(segment -> segment.isSignedBy(Servers.KEY))
                .allMatch(segment -> segment.resource().equals("http://127.0.0.1:4001/" + FOLDER + "/*"));
    }

    @Test
    void signsADashManifest() throws Exception {
        put("master.mpd", Fixtures.bytes("master.mpd"));

        HttpResponse<byte[]> answer = send("GET", "master.mpd");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/dash+xml");
        assertThat(new String(answer.body(), UTF_8))
                .startsWith("<?xml")
                .contains("media=\"segment-$RepresentationID$-$Number%05d$.m4s?Policy=")
                .contains("&amp;Signature=");
    }

    @Test
    void signsTheSheetThatAStoryboardNames() throws Exception {
        put("storyboard.vtt", """
                WEBVTT

                00:00:00.000 --> 00:00:02.000
                storyboard.jpg#xywh=0,0,160,90

                00:00:02.000 --> 00:00:04.000
                storyboard.jpg#xywh=160,0,160,90
                """.getBytes(UTF_8));

        HttpResponse<byte[]> answer = send("GET", "storyboard.vtt");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/vtt;charset=utf-8");
        List<String> lines = new String(answer.body(), UTF_8).lines().toList();
        assertThat(lines).startsWith("WEBVTT", "", "00:00:00.000 --> 00:00:02.000");
        assertThat(lines.get(3)).endsWith("#xywh=0,0,160,90");
        assertThat(lines.get(6)).endsWith("#xywh=160,0,160,90");
        SignedUrl sheet = SignedUrl.parse(lines.get(6).replaceFirst("#.*", ""));
        assertThat(sheet.url()).isEqualTo("storyboard.jpg");
        assertThat(sheet.isSignedBy(Servers.KEY)).isTrue();
        assertThat(sheet.resource()).isEqualTo("http://127.0.0.1:4001/" + FOLDER + "/*");
        assertThat(send("GET", "none.vtt").statusCode()).isEqualTo(404);
    }

    @Test
    void saysTheLengthForHeadAndNothingElse() throws Exception {
        put("master.m3u8", Fixtures.bytes("master.m3u8"));
        int length = send("GET", "master.m3u8").body().length;

        HttpResponse<byte[]> head = send("HEAD", "master.m3u8");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(length);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void tellsNothingOfTheRequestOrTheStore() throws Exception {
        put("master.m3u8", Fixtures.bytes("master.m3u8"));

        HttpResponse<byte[]> answer =
                send("GET", "master.m3u8?id=x&file=y&CamelAwsS3Key=raw-videos/z", "X-Mine", "1", "Cookie", "c=1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet()).allMatch(name -> List.of(
                        "cache-control", "connection", "content-length", "content-type", "date", "keep-alive")
                .contains(name));
    }

    @Test
    void letsNoHeaderOrParameterSteerIt() throws Exception {
        put("media_0.m3u8", Fixtures.bytes("media_0.m3u8"));
        String other = "raw-videos/secret";
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(other), RequestBody.fromString("#EXTM3U\nsecret.m4s\n"));

        HttpResponse<byte[]> answer = send(
                "GET",
                "media_0.m3u8?CamelAwsS3Key=" + other + "&CamelHttpUri=/manifests/" + other + ".m3u8",
                "CamelAwsS3Key",
                other,
                "camelawss3key",
                other,
                "CamelAwsS3BucketName",
                "evil",
                "CamelAwsS3Operation",
                "deleteObject",
                "CamelHttpUri",
                "/manifests/" + other + ".m3u8",
                "CamelSqlQuery",
                "drop table videos",
                "CamelHttpResponseCode",
                "500");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8))
                .contains("segment-0-00001.m4s?Policy=")
                .doesNotContain("secret.m4s");
        assertThat(send("GET", "media_0.m3u8").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.mpd", "missing.m3u8", "poster.jpg", "", "..%2fother%2fmaster.mpd"})
    void knowsNothingElse(String file) throws Exception {
        put("poster.jpg", new byte[] {1});

        HttpResponse<byte[]> answer = send("GET", file);

        assertThat(answer.statusCode()).isBetween(400, 404);
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("Exception");
    }

    @Test
    void takesNoOtherMethod() throws Exception {
        assertThat(send("POST", "master.mpd").statusCode()).isEqualTo(405);
        assertThat(send("DELETE", "master.mpd").statusCode()).isEqualTo(405);
    }

    @Test
    void refusesWhatIsNoManifest(CapturedOutput output) throws Exception {
        put("broken.mpd", "<MPD><Period>".getBytes(UTF_8));
        put("large.m3u8", new byte[(10 << 20) + 1]);

        assertThat(send("GET", "broken.mpd").statusCode()).isEqualTo(502);
        assertThat(output.getAll()).contains(FOLDER + "/broken.mpd is no XML");
        assertThat(send("GET", "large.m3u8").statusCode()).isEqualTo(502);
    }

    @Test
    void saysUnavailableWhileTheStoreIsDown() throws Exception {
        put("master.mpd", Fixtures.bytes("master.mpd"));
        Servers.stopStore();
        try {
            HttpResponse<byte[]> answer = send("GET", "master.mpd");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(new String(answer.body(), UTF_8)).doesNotContain("127.0.0.1");
        } finally {
            Servers.startStoreAgain();
        }
        assertThat(send("GET", "master.mpd").statusCode()).isEqualTo(200);
    }

    @Test
    void signsAnAttemptsManifestForItsFolderAlone() throws Exception {
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(FOLDER + "/2/media_0.m3u8"),
                RequestBody.fromBytes(Fixtures.bytes("media_0.m3u8")));

        HttpResponse<byte[]> answer = send("GET", "2/media_0.m3u8");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8).lines().filter(line -> line.startsWith("segment-")))
                .extracting(line -> SignedUrl.parse(line).resource())
                .containsOnly("http://127.0.0.1:4001/" + FOLDER + "/2/*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "another key than the CDN", "the key of the tests!"})
    void isForTheCdnAlone(String key) throws Exception {
        put("master.mpd", Fixtures.bytes("master.mpd"));

        HttpResponse<byte[]> answer = HTTP.send(
                HttpRequest.newBuilder(uri("master.mpd"))
                        .header("x-origin-key", key)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        HttpResponse<byte[]> without =
                HTTP.send(HttpRequest.newBuilder(uri("master.mpd")).build(), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("Manifests are for the CDN.\n");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasNoManifestOfADeletedVideoNorOfOneInTheTrash(boolean permanently) throws Exception {
        Messages messages = Messages.about(newUser(), "Deleted");
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(messages.path() + "/1/master.mpd"),
                RequestBody.fromBytes(Fixtures.bytes("master.mpd")));
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(messages.path() + "/1/storyboard.vtt"),
                RequestBody.fromString("WEBVTT\n"));
        publisher.publish("VideoEncodingCompleted", messages.completed(1));
        await().until(() -> state(messages).equals("ready"));
        URI manifest = URI.create("http://127.0.0.1:" + httpPort + "/manifests/" + messages.path() + "/1/master.mpd");

        URI storyboard = manifest.resolve("storyboard.vtt");
        List<Integer> before = List.of(status(manifest), status(storyboard));
        as(messages.userId())
                .delete(DeleteRequest.newBuilder()
                        .setId(video(messages).orElseThrow().getId())
                        .setPermanently(permanently)
                        .build());

        assertThat(before).containsOnly(200);
        assertThat(status(manifest)).isEqualTo(404);
        assertThat(status(storyboard)).isEqualTo(404);
    }

    @Test
    void saysUnavailableWhileTheDatabaseIsDown() throws Exception {
        put("master.mpd", Fixtures.bytes("master.mpd"));
        Servers.stopPostgres();
        try {
            HttpResponse<byte[]> answer = send("GET", "master.mpd");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        } finally {
            Servers.startPostgresAgain();
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> send("GET", "master.mpd").statusCode() == 200);
    }

    private int status(URI manifest) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(manifest)
                                .header("X-Origin-Key", ORIGIN_KEY)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri(String file) {
        return URI.create("http://127.0.0.1:" + httpPort + "/manifests/" + FOLDER + "/" + file);
    }

    private void put(String file, byte[] content) {
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(FOLDER + "/" + file), RequestBody.fromBytes(content));
    }

    private HttpResponse<byte[]> send(String method, String file, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(file))
                .header("x-origin-key", ORIGIN_KEY)
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
