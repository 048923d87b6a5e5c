package dev.caravan.cdnedge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests over HTTP: route cdn-edge-manifest. */
class ManifestsIT extends EdgeServer {

    private static final String PATH = "/encoded-videos/v1/master.mpd";

    @BeforeEach
    void forgetRequests() {
        ORIGINS.takeManifestRequests();
    }

    @ParameterizedTest
    @CsvSource({
        "/encoded-videos/v1/master.mpd, application/dash+xml",
        "/encoded-videos/v1/master.m3u8, application/vnd.apple.mpegurl",
        "/encoded-videos/v1/2/master.mpd, application/dash+xml",
        "/encoded-videos/v1/2/captions-en.vtt, text/vtt;charset=utf-8",
        "/encoded-videos/v1/2/storyboard.vtt, text/vtt;charset=utf-8",
        "/encoded-videos/v1/chunked/media_0.m3u8, application/vnd.apple.mpegurl"
    })
    void servesManifestsFromTheirOrigin(String path, String type) {
        var answer = get(signed(path));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("manifest of /manifests" + path);
        assertThat(header(answer, "Content-Type")).isEqualTo(type);
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "x-inner");
    }

    @Test
    void sendsNothingOfTheViewersOnButThePath() {
        get(signed(PATH), "Authorization", "Bearer secret", "Cookie", "session=secret", "X-User-Id", "7");

        assertThat(ORIGINS.takeManifestRequests()).singleElement().satisfies(request -> {
            assertThat(request).startsWith("GET /manifests" + PATH + "\n");
            assertThat(request.toLowerCase())
                    .doesNotContain("secret", "authorization", "cookie", "x-user-id", "signature", "camel");
        });
    }

    @Test
    void showsTheOriginTheKeyOfTheEdgeAndNoViewers() {
        get(signed(PATH), "X-Origin-Key", "forged");

        assertThat(ORIGINS.takeManifestRequests()).singleElement().satisfies(request -> assertThat(request)
                .containsIgnoringCase("x-origin-key: [" + ORIGIN_KEY + "]")
                .doesNotContain("forged"));
    }

    @Test
    void answersHeadWithHeadersAlone() {
        var answer = send("HEAD", signed(PATH));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/dash+xml");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void servesWholeManifestsAlone() {
        for (String range : new String[] {"bytes=0-1", "bytes=99999-", "bytes=-0"}) {
            var answer = get(signed(PATH), "Range", range, "If-Range", "\"x\"");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(header(answer, "Content-Range")).isEmpty();
            assertThat(new String(answer.body(), UTF_8)).isEqualTo("manifest of /manifests" + PATH);
        }
    }

    @Test
    void asksTheOriginOnlyForWhatIsSigned() {
        assertThat(get(PATH).statusCode()).isEqualTo(403);
        assertThat(ORIGINS.takeManifestRequests()).isEmpty();
    }

    @Test
    void says404ForAManifestThatIsNotThere() {
        assertThat(get(signed("/encoded-videos/missing/master.mpd")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void says503WhenTheOriginFails() {
        var answer = get(signed("/encoded-videos/broken/master.mpd"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(header(answer, "Retry-After")).isEqualTo("5");
        assertThat(new String(answer.body(), UTF_8)).doesNotContain("manifest of");
    }

    @Test
    void says503WhileTheOriginIsDown() {
        ORIGINS.whileManifestsAreDown(() -> {
            var answer = get(signed(PATH));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "Retry-After")).isEqualTo("5");
        });
        assertThat(get(signed(PATH)).statusCode()).isEqualTo(200);
    }
}
