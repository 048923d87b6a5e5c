package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page's player tells of how a video plays, and what its owner sees of that. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class WatchedIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String VIDEO = "document.querySelector('[data-testid=player]')";

    private static final String AXE_RUN = """
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(({violations}) =>
              violations.map(({id, nodes}) => id + ': ' + nodes.map(({html}) => html.slice(0, 120)).join('; ')))""";

    @Test
    void isToldToTheOwnerOnceAViewerHasLeft(PlatformProcess platform) throws IOException {
        String email = "w-" + UUID.randomUUID() + "@example.com";
        Client ann = Client.register(platform, email, "secret-words");
        ann.upload(Clips.video(platform, 60, "640x360"), "To be counted", "A minute.");
        int id = ann.await("To be counted", "ready").path("id").asInt();
        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/#/watch/" + id);
            browser.await(VIDEO + " && " + VIDEO + ".currentTime > 3", SOON);
            browser.run(VIDEO + ".currentTime = 30");
            browser.await(VIDEO + ".currentTime > 32", SOON);
            browser.run("location.hash = '#/'");

            JsonNode statistics = await("statistics")
                    .atMost(SOON)
                    .until(
                            () -> ann.get("/videos/" + id + "/statistics")
                                    .data()
                                    .path("statistics"),
                            found -> found.path("watched_seconds").asDouble() > 4.5);
            assertThat(statistics.path("views").asInt()).isEqualTo(1);
            assertThat(statistics.path("sessions").asInt()).isEqualTo(1);
            assertThat(statistics.path("watched_seconds").asDouble()).isLessThan(20);
            assertThat(statistics.path("first_frame_median_ms").asInt()).isPositive();
            assertThat(statistics.path("errors").asInt()).isZero();
            JsonNode retention = statistics.path("retention");
            assertThat(List.of(retention.get(0).asInt(), retention.get(51).asInt()))
                    .containsOnly(1);
            assertThat(List.of(retention.get(30).asInt(), retention.get(99).asInt()))
                    .containsOnly(0);

            browser.open(platform.url() + "/#/login");
            browser.fill("login-email", email);
            browser.fill("login-password", "secret-words");
            browser.click("login-form-submit");
            browser.see("account-menu");
            for (String scheme : List.of("light", "dark")) {
                browser.prefer(Map.of("prefers-color-scheme", scheme));
                browser.open("about:blank");
                browser.open(platform.url() + "/#/watch/" + id);
                browser.await(VIDEO + " && " + VIDEO + ".currentTime > 0", SOON);
                browser.run(VIDEO + ".pause()");
                browser.run("document.querySelector('[data-testid=statistics-panel] > summary').click()");
                // How many views it is by now depends on how soon the owner's own one is counted.
                browser.awaitText("watched-part", "%");
                browser.run(
                        "document.querySelectorAll('[data-testid=statistics] details').forEach(table => (table.open = true))");
                browser.run("document.querySelector('[data-testid=statistics-panel]').scrollIntoView()");
                browser.screenshot("40-watched-" + scheme);
                if (scheme.equals("light")) {
                    // Later there are those that axe brings about, which asks for the video's blob.
                    browser.assertNoComplaints();
                }
                browser.run(axe());
                assertThat((List<?>) browser.resolve(AXE_RUN)).as(scheme).isEmpty();
            }
            browser.likeAPhone();
            browser.await("document.documentElement.scrollWidth <= 390", SOON);
            browser.run("document.querySelector('[data-testid=statistics-panel]').scrollIntoView()");
            browser.screenshot("41-watched-phone");
        }
    }

    private static String axe() throws IOException {
        try (InputStream script = WatchedIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
