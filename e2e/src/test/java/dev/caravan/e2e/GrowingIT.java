package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A video plays while it is encoded: on the page, and in players that know nothing of Caravan. */
@Needs({Needs.Need.BROWSER, Needs.Need.PLAYERS})
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrowingIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ENCODED = Duration.ofMinutes(3);
    private static final String VIDEO = "document.querySelector('[data-testid=player]')";

    /** Five minutes, which nobody encodes before a browser is there. */
    private byte[] film = new byte[0];

    private Client ann;

    @BeforeAll
    void make(PlatformProcess platform) {
        film = Clips.loop(platform, 50, "1280x720");
        ann = Client.registered(platform);
    }

    @ParameterizedTest
    @CsvSource({"hlsjs, HLS", "dashjs, DASH", "shaka, HLS", "shaka, DASH"})
    void itPlaysFromItsBeginningAndOnBeyondWhatThereWas(String player, String form) throws Exception {
        String title = "Growing in " + player + " as " + form;
        ann.upload(film, title, "Played before it is done.");
        int id = ann.await(title, "playable").path("id").asInt();
        try (PlayerPages pages = new PlayerPages();
                Browser browser = new Browser()) {
            browser.open(pages.url(player));
            JsonNode playback = ann.get("/videos/" + id).data();
            double there = playback.at("/video/playable_until").asDouble();
            assertThat(there)
                    .isPositive()
                    .isLessThan(playback.at("/video/duration").asDouble() - 60);

            browser.run(
                    "play(arguments[0])",
                    playback.path(form.equals("DASH") ? "manifest_url" : "hls_url")
                            .asText());
            browser.await("errors.length || video.currentTime > 0.2", SOON);
            assertThat(browser.number("video.currentTime"))
                    .as("where it begins")
                    .isLessThan(6);
            browser.run("video.currentTime = arguments[0]", Math.max(0, there - 10));
            browser.await("errors.length || video.currentTime > " + (there + 10), Duration.ofSeconds(90));
            assertThat(browser.run("return errors")).asString().isEqualTo("[]");
        } finally {
            ann.call("DELETE", "/videos/" + id + "?permanently=true", null);
        }
    }

    @Test
    void itPlaysInFfmpeg(PlatformProcess platform) {
        ann.upload(film, "Growing in ffmpeg", "Played before it is done.");
        int id = ann.await("Growing in ffmpeg", "playable").path("id").asInt();
        JsonNode playback = ann.get("/videos/" + id).data();
        double there = playback.at("/video/playable_until").asDouble();
        try {
            double played = Clips.played(
                    platform,
                    "-live_start_index",
                    "0",
                    "-i",
                    playback.path("hls_url").asText(),
                    "-t",
                    Double.toString(there + 8));
            assertThat(played).isGreaterThan(there + 7);
        } finally {
            ann.call("DELETE", "/videos/" + id + "?permanently=true", null);
        }
    }

    @Test
    void thePagePlaysWhatThereIsAndAllSizesAtTheSameSecondOnceTheyAreThere(PlatformProcess platform) throws Exception {
        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/");
            ann.upload(Clips.video(platform, 40, "1280x720"), "Seen at once", "And sharp later.");
            int id = ann.await("Seen at once", "playable").path("id").asInt();
            browser.run("location.hash = '#/watch/" + id + "'");

            browser.see("player", ENCODED);
            browser.await(VIDEO + "?.readyState > 0", SOON);
            browser.see("playable-note");
            assertThat(browser.text("playable-note")).contains("plays up to");
            assertThat(browser.run("return " + VIDEO + ".videoHeight")).isEqualTo(240L);
            browser.screenshot("growing");
            browser.run(VIDEO + ".muted = true; " + VIDEO + ".play()");
            browser.await(VIDEO + ".currentTime > 1", SOON);
            browser.run(VIDEO + ".pause()");
            double at = browser.number(VIDEO + ".currentTime");

            browser.await("!document.querySelector('[data-testid=playable-note]')", ENCODED);
            browser.await(VIDEO + ".videoHeight > 240", SOON);
            assertThat(browser.number(VIDEO + ".currentTime")).isCloseTo(at, within(0.1));
            assertThat(browser.run("return " + VIDEO + ".paused")).isEqualTo(true);
            browser.run(VIDEO + ".play()");
            browser.await(VIDEO + ".currentTime > " + (at + 1), SOON);
            assertThat(browser.number(VIDEO + ".videoRenditions.length")).isEqualTo(4);
            browser.screenshot("grown");
            assertThat(ann.await("Seen at once", "ready").path("renditions")).hasSize(4);
            browser.assertNoComplaints();
        }
    }
}
