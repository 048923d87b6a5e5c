package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signed addresses of a video play in players that know nothing of Caravan. */
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlayersIT {

    /** How much of the end may be missing: a frame or two, or the padding of the sound. */
    private static final double ALMOST = 0.3;

    /** Uploaded once. */
    private static JsonNode languages = MissingNode.getInstance();

    private double duration;
    private String dash;
    private String hls;

    /** Seconds of picture and tone in several qualities, with captions. */
    @BeforeAll
    void findSignedAddresses(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 10, "640x360"), "For all players", "With captions.");
        String path =
                "/videos/" + ann.await("For all players", "ready").path("id").asInt();
        String srt = "1\n00:00:01,000 --> 00:00:03,000\nOl\u00e1\n";
        assertThat(ann.call("PUT", path + "/captions/pt-BR", srt).status()).isEqualTo(200);
        JsonNode playback = Client.anonymous(platform).get(path).data();
        duration = playback.at("/video/duration").asDouble();
        dash = playback.path("manifest_url").asText();
        hls = playback.path("hls_url").asText();
        assertThat(duration).isPositive();
    }

    @Test
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInDashJs() throws Exception {
        play("dashjs", dash, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DASH", "HLS"})
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInShaka(String form) throws Exception {
        play("shaka", form.equals("DASH") ? dash : hls, form.equals("DASH"));
    }

    @Test
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInHlsJs() throws Exception {
        play("hlsjs", hls, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DASH", "HLS"})
    void playInFfmpeg(String form, PlatformProcess platform) {
        // It drops what follows the first & of a BaseURL, so it reads no DASH manifest that names captions.
        JsonNode bare = demo(platform);
        String url = bare.path(form.equals("DASH") ? "manifest_url" : "hls_url").asText();
        double duration = bare.at("/video/duration").asDouble();

        String length = Clips.say(
                platform,
                "ffprobe",
                "-show_entries",
                "format=duration",
                "-of",
                "default=nokey=1:noprint_wrappers=1",
                url);
        double played = Clips.played(platform, "-i", url);

        assertThat(Double.parseDouble(length.trim())).isBetween(duration - ALMOST, duration + 1);
        assertThat(played).isGreaterThan(duration - ALMOST);
    }

    /** Of a file in two languages. */
    @ParameterizedTest
    @CsvSource({"dashjs, DASH", "shaka, DASH", "shaka, HLS", "hlsjs, HLS"})
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void offerBothLanguagesAndPlayTheFirst(String player, String form, PlatformProcess platform) throws Exception {
        if (languages.isMissingNode()) {
            Client ann = Client.registered(platform);
            ann.upload(Clips.languages(platform, 6), "Languages", "Two of them.");
            languages = ann.get("/videos/" + ann.await("Languages", "ready").path("id"))
                    .data();
        }
        assertThat(languages.path("audio_tracks").findValuesAsText("label"))
                .containsExactly("Deutsch", "English (audio description)");
        try (PlayerPages pages = new PlayerPages();
                Browser browser = new Browser()) {
            browser.open(pages.url(player));
            browser.run(
                    "play(arguments[0])",
                    languages
                            .path(form.equals("DASH") ? "manifest_url" : "hls_url")
                            .asText());

            browser.await("errors.length || video.currentTime > 0.5", Duration.ofSeconds(30));
            assertThat(browser.run("return errors")).asString().isEqualTo("[]");
            assertThat(browser.run("return [...new Set(sounds())].sort()")).isEqualTo(List.of("de", "en"));
            assertThat(browser.run("return heard()")).isEqualTo("de");
            assertThat(browser.number("video.webkitAudioDecodedByteCount")).isPositive();
            browser.assertNoComplaints();
        }
    }

    private static JsonNode demo(PlatformProcess platform) {
        String line = platform.awaitLine("Watch it: ");
        return Client.anonymous(platform)
                .get("/videos/" + line.substring(line.lastIndexOf('/') + 1))
                .data();
    }

    /** @param storyboard whether the form has one that players know */
    private void play(String player, String url, boolean storyboard) throws Exception {
        try (PlayerPages pages = new PlayerPages();
                Browser browser = new Browser()) {
            browser.open(pages.url(player));
            browser.run("play(arguments[0])", url);

            browser.await("errors.length || video.currentTime > 0.5", Duration.ofSeconds(30));
            browser.screenshot("player-" + player);
            browser.await(
                    "errors.length || video.ended || video.currentTime > video.duration - " + ALMOST,
                    Duration.ofSeconds(60));

            assertThat(browser.run("return errors")).asString().isEqualTo("[]");
            assertThat(browser.number("video.duration")).isBetween(duration - ALMOST, duration + 1);
            assertThat(browser.number("video.currentTime")).isGreaterThan(duration - ALMOST);
            assertThat(browser.number("video.videoWidth")).isPositive();
            assertThat(browser.number("video.getVideoPlaybackQuality().totalVideoFrames"))
                    .isPositive();
            assertThat(browser.number("video.webkitAudioDecodedByteCount")).isPositive();
            assertThat(browser.number("qualities()")).isGreaterThan(1);
            assertThat(browser.run("return captions()")).isEqualTo(List.of("pt-BR"));
            if (storyboard) {
                checkThumbnail((Map<?, ?>) browser.resolve("thumbnail(5)"));
            }
            browser.assertNoComplaints();
        }
    }

    /** Five tiles side by side, of two seconds each. */
    private static void checkThumbnail(Map<?, ?> thumbnail) {
        assertThat(Stream.of("x", "y", "width", "height").map(name -> ((Number) thumbnail.get(name)).intValue()))
                .containsExactly(320, 0, 160, 90);
        var sheet = Client.send(HttpRequest.newBuilder(URI.create(String.valueOf(thumbnail.get("url"))))
                .build());
        assertThat(sheet.status()).isEqualTo(200);
        assertThat(sheet.response().headers().firstValue("Content-Type")).hasValue("image/jpeg");
    }
}
