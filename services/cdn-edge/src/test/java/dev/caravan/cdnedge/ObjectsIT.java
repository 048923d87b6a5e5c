package dev.caravan.cdnedge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects over HTTP: routes cdn-edge-http-endpoint, cdn-edge-serve, cdn-edge-object, cdn-edge-keep-object. Each is kept, and the
 * store asked each time whether it still has it; {@link PassedObjectsIT} is the same without a cache.
 */
class ObjectsIT extends EdgeServer {

    private static final String PATH = "/encoded-videos/v1/seg-1.m4s";
    private static final byte[] SEGMENT = bytes(200_000);

    @BeforeEach
    void storeSegment() {
        put(PATH, "video/mp4", SEGMENT);
    }

    @Test
    void servesASignedObjectWithItsHeadersAndNoOthers() {
        var answer = get(signed(PATH));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SEGMENT);
        assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(answer, "Content-Length")).isEqualTo("200000");
        assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(answer, "Cache-Control")).isEqualTo("private, max-age=86400, immutable");
        assertThat(header(answer, "ETag")).startsWith("\"").endsWith("\"");
        assertThat(header(answer, "Last-Modified")).endsWith(" GMT");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().map().keySet().stream()
                        .map(String::toLowerCase)
                        .filter(name -> name.startsWith("camel") || name.startsWith("x-amz") || name.equals("server"))
                        .collect(Collectors.toSet()))
                .isEmpty();
    }

    /** Whoever stored it chose it; a viewer would unpack what is not packed. */
    @Test
    void servesTheBytesThatAreStoredWhateverTheyAreSaidToBeEncodedIn() {
        put(PATH, "video/mp4", "gzip", SEGMENT);

        var answer = get(signed(PATH), "Accept-Encoding", "gzip");

        assertThat(header(answer, "Content-Encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo(SEGMENT);
    }

    @Test
    void servesWhatTheSecondKeySigned() {
        String url = SECOND_SIGNER.canned(CDN + PATH, inAnHour());
        assertThat(get(url.substring(CDN.length())).statusCode()).isEqualTo(200);
    }

    @Test
    void letsNoHeaderOrParameterSteerIt() {
        put("/raw-videos/secret", "video/mp4", bytes(10));

        var answer = get(
                signed(PATH) + "&CamelAwsS3Key=raw-videos/secret&CamelHttpUri=/raw-videos/secret",
                "CamelAwsS3Key",
                "raw-videos/secret",
                "camelawss3key",
                "raw-videos/secret",
                "CamelAwsS3BucketName",
                "evil",
                "CamelAwsS3Operation",
                "deleteObject",
                "CamelHttpUri",
                "/raw-videos/secret",
                "CamelHttpPath",
                "/raw-videos/secret",
                "CamelFileName",
                "../../evil",
                "CamelHttpResponseCode",
                "500");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SEGMENT);
        assertThat(get(signed(PATH)).body()).isEqualTo(SEGMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=100-299, 100, 299",
        "bytes=199999-, 199999, 199999",
        "bytes=199000-999999, 199000, 199999",
        "bytes=-500, 199500, 199999",
        "bytes=-200000, 0, 199999",
        "bytes=-999999, 0, 199999",
        "bytes=0-, 0, 199999",
        "BYTES=0-9, 0, 9",
        "bytes=000000000000000000000005-9, 5, 9",
        "bytes=9-99999999999999999999999999, 9, 199999",
        "bytes=-99999999999999999999999999, 0, 199999"
    })
    void servesOneRange(String range, int first, int last) {
        var answer = get(signed(PATH), "Range", range);

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes " + first + "-" + last + "/200000");
        assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(SEGMENT, first, last + 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=0-1,4-5",
                "bytes=0-1,200000-",
                "bytes=5-2",
                "bytes=5-1",
                "bytes=99999999999999999999999999-5",
                "bytes=-",
                "bytes=x",
                "bytes=1.0-2",
                "bytes=+1-2",
                "bytes 0-1",
                "items=0-1",
                "bytes=0-1;x",
                ""
            })
    void servesTheWholeObjectForOtherRanges(String range) {
        var answer = get(signed(PATH), "Range", range);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SEGMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=200000-", "bytes=200000-200001", "bytes=-0", "bytes=99999999999999999999999999-"})
    void saysHowLongTheObjectIsToWhoAsksBeyondItsEnd(String range) {
        var answer = get(signed(PATH), "Range", range);
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes */200000");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/xml");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(new String(answer.body(), UTF_8)).contains("<Code>InvalidRange</Code>");
    }

    @Test
    void weighsTheOtherConditionsBeforeARangeBeyondTheEnd() {
        String etag = header(get(signed(PATH)), "ETag");
        assertThat(get(signed(PATH), "Range", "bytes=200000-", "If-Range", etag).statusCode())
                .isEqualTo(416);
        assertThat(get(signed(PATH), "Range", "bytes=200000-", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(signed(PATH), "Range", "bytes=200000-", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void knowsNoRangesOfHead() {
        for (String range : new String[] {"bytes=0-9", "bytes=200000-", "bytes=-0"}) {
            var answer = send("HEAD", signed(PATH), "Range", range);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Length")).isEqualTo("200000");
            assertThat(header(answer, "Content-Range")).isEmpty();
            assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
        }
    }

    @Test
    void servesARangeOnlyOfTheObjectThatIfRangeNames() {
        var whole = get(signed(PATH));
        String etag = header(whole, "ETag");
        String date = header(whole, "Last-Modified");
        assertThat(rangeIf(etag)).isEqualTo(206);
        assertThat(rangeIf("\"other\"")).isEqualTo(200);
        assertThat(rangeIf("W/" + etag)).isEqualTo(200);
        assertThat(rangeIf(date)).isEqualTo(200);
        assertThat(get(signed(PATH), "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void says304ToWhoHasItAlready() {
        var whole = get(signed(PATH));
        String etag = header(whole, "ETag");
        for (String tags : new String[] {etag, "W/" + etag, "\"x\", " + etag, "*"}) {
            var answer = get(signed(PATH), "If-None-Match", tags);
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(header(answer, "ETag")).isEqualTo(etag);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(get(signed(PATH), "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
        String modified = header(whole, "Last-Modified");
        assertThat(get(signed(PATH), "If-Modified-Since", modified).statusCode())
                .isEqualTo(304);
        assertThat(get(signed(PATH), "If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(signed(PATH), "If-Modified-Since", "yesterday").statusCode())
                .isEqualTo(200);
        assertThat(get(signed(PATH), "If-None-Match", "\"x\"", "If-Modified-Since", modified)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersHeadWithHeadersAlone() {
        var answer = send("HEAD", signed(PATH));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("200000");
        assertThat(header(answer, "Content-Type")).isEqualTo("video/mp4");
        assertThat(answer.body()).isEmpty();
        assertThat(send("HEAD", PATH).statusCode()).isEqualTo(403);
        assertThat(send("HEAD", signed("/encoded-videos/v1/none.m4s")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void servesAnEmptyObject() {
        put("/encoded-videos/v1/empty", "image/jpeg", new byte[0]);
        var answer = get(signed("/encoded-videos/v1/empty"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Length")).isEqualTo("0");
        var range = get(signed("/encoded-videos/v1/empty"), "Range", "bytes=0-");
        assertThat(range.statusCode()).isEqualTo(416);
        assertThat(header(range, "Content-Range")).isEqualTo("bytes */0");
    }

    @Test
    void letsNoPictureRunAsAPage() {
        put("/encoded-videos/v1/page", "text/html", "<script>alert(1)</script>".getBytes(UTF_8));
        var answer = get(signed("/encoded-videos/v1/page"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Security-Policy")).contains("sandbox");
    }

    @Test
    void says404ForASignedObjectThatIsNotThere() {
        var answer = get(signed("/encoded-videos/v1/none.m4s"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/xml");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(new String(answer.body(), UTF_8)).contains("<Code>NoSuchKey</Code>");
    }

    @Test
    void says404AtOnceForAnObjectThatIsDeleted() {
        assertThat(get(signed(PATH)).statusCode()).isEqualTo(200);
        delete(PATH);
        assertThat(get(signed(PATH)).statusCode()).isEqualTo(404);
        assertThat(get(signed(PATH), "Range", "bytes=0-9").statusCode()).isEqualTo(404);
        assertThat(get(signed(PATH), "If-None-Match", "*").statusCode()).isEqualTo(404);
        assertThat(send("HEAD", signed(PATH)).statusCode()).isEqualTo(404);
    }

    @Test
    void servesWhatWasStoredInThePlaceOfAnother() {
        assertThat(get(signed(PATH)).body()).isEqualTo(SEGMENT);
        byte[] other = bytes(300);
        put(PATH, "video/iso.segment", other);
        var answer = get(signed(PATH));
        assertThat(answer.body()).isEqualTo(other);
        assertThat(header(answer, "Content-Type")).isEqualTo("video/iso.segment");
    }

    private int rangeIf(String condition) {
        return get(signed(PATH), "Range", "bytes=0-9", "If-Range", condition).statusCode();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
