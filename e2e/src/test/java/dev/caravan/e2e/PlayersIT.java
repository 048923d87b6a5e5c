package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signed addresses of a video play in players that know nothing of Caravan. */
@ExtendWith(SharedPlatform.class)
class PlayersIT {

    /** How much of the end may be missing: a frame or two, or the padding of the sound. */
    private static final double ALMOST = 0.3;

    private double duration;
    private String dash;
    private String hls;

    /** The demo clip will do: seconds of picture and tone in several qualities. */
    @BeforeEach
    void findSignedAddresses(PlatformProcess platform) {
        String line = platform.awaitLine("Watch it: ");
        JsonNode demo = Client.anonymous(platform)
                .get("/videos/" + line.substring(line.lastIndexOf('/') + 1))
                .data();
        duration = demo.at("/video/duration").asDouble();
        dash = demo.path("manifest_url").asText();
        hls = demo.path("hls_url").asText();
        assertThat(duration).isPositive();
    }

    @Test
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInDashJs() throws Exception {
        play("dashjs", dash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DASH", "HLS"})
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInShaka(String form) throws Exception {
        play("shaka", form.equals("DASH") ? dash : hls);
    }

    @Test
    @Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
    void playInHlsJs() throws Exception {
        play("hlsjs", hls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DASH", "HLS"})
    void playInFfmpeg(String form, PlatformProcess platform) {
        String url = form.equals("DASH") ? dash : hls;

        String length = Clips.say(
                platform,
                "ffprobe",
                "-show_entries",
                "format=duration",
                "-of",
                "default=nokey=1:noprint_wrappers=1",
                url);
        String frames = Clips.say(platform, "ffmpeg", "-xerror", "-i", url, "-f", "null", "-progress", "pipe:1", "-");

        assertThat(Double.parseDouble(length.trim())).isBetween(duration - ALMOST, duration + 1);
        String[] times = frames.split("out_time_us=");
        String last = times[times.length - 1];
        assertThat(Long.parseLong(last.substring(0, last.indexOf('\n'))) / 1e6).isGreaterThan(duration - ALMOST);
    }

    private void play(String player, String url) throws Exception {
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
            browser.assertNoComplaints();
        }
    }
}
