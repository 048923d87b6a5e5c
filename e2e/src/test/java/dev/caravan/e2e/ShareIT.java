package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Videos within pages of others, and where these find them. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShareIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Somebody's page with an embedded video, and what he hears of it. */
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>A blog</title><link rel="icon" href="data:,"></head>
            <body>
            <h1>A walk</h1>
            <iframe src="%1$s/embed/%2$s" width="640" height="360" allow="autoplay; fullscreen" title="A walk"></iframe>
            <script type="module">
              import { CaravanEmbed } from '%1$s/assets/embed-api.js';
              window.heard = [];
              window.video = new CaravanEmbed(document.querySelector('iframe'));
              for (const event of ['ready', 'play', 'pause', 'seeked', 'ended', 'error']) {
                video.addEventListener(event, ({ detail }) => heard.push([event, detail]));
              }
            </script>
            </body>
            </html>
            """;

    private static final String FITS = "(({scrollWidth, clientWidth, scrollHeight, clientHeight}) => "
            + "scrollWidth <= clientWidth && scrollHeight <= clientHeight)(document.documentElement)";

    private Client ann;
    private int id;
    private Browser browser;

    @BeforeAll
    void upload(PlatformProcess platform) {
        ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 20, "640x360"), "A walk </script><b>&amp;\"", "With the <i>dog</i>.");
        id = ann.await("A walk </script><b>&amp;\"", "ready").path("id").asInt();
    }

    @BeforeEach
    void open() throws IOException {
        browser = new Browser();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void playsWithinAPageOfSomebodyElseAsThatAsks(PlatformProcess platform, @TempDir Path folder) throws IOException {
        try (PlayerPages site = blog(platform, folder, id + "?start=5&end=7&muted=1")) {
            browser.open(site.address("blog.html"));
            browser.await("window.heard?.[0]?.[0] === 'ready'", SOON);

            assertThat(ask("state()")).containsEntry("paused", true).containsEntry("ended", false);
            assertThat(number("play()", "volume")).isZero();
            browser.await("heard.some(([event, state]) => event === 'pause' && state.seconds >= 7)", SOON);
            assertThat(browser.number("heard.find(([event]) => event === 'pause')[1].seconds"))
                    .isBetween(7.0, 8.0);
            assertThat(number("seek(12)", "seconds")).isEqualTo(12);
            assertThat(number("volume(0.5)", "volume")).isEqualTo(0.5);
            assertThat(number("seek(1e9)", "seconds")).isBetween(19.0, 21.0);
            ask("seek(3)");
            assertThat(ask("play()")).containsEntry("paused", false);
            assertThat(ask("pause()")).containsEntry("paused", true);
            assertThat(refusal("seek(-1)")).isEqualTo("seek takes seconds from 0 on.");
            assertThat(refusal("volume('loud')")).isEqualTo("volume takes a number from 0 to 1.");
            assertThat(refusal("captions('fr')")).isEqualTo("There are no captions in this language.");
            assertThat(ask("captions(null)")).containsEntry("captions", null);
            browser.screenshot("70-embedded");
            browser.enter("iframe");
            assertThat(browser.run("return " + FITS))
                    .as("nothing is to be scrolled")
                    .isEqualTo(true);
            assertThat(browser.run("return document.querySelector('[data-testid=embed-title]').getAttribute('href')"))
                    .isEqualTo("/watch/" + id);
            assertThat(browser.accessibilityFaults()).isEmpty();
            browser.assertNoComplaints();
        }
    }

    @Test
    void standsWithinThosePagesAloneThatItsOwnerAllows(PlatformProcess platform, @TempDir Path folder)
            throws IOException {
        try (PlayerPages site = blog(platform, folder, String.valueOf(id))) {
            String page = site.address("blog.html");
            embedOrigins(List.of("https://example.org"));
            browser.open(page);
            Awaitility.await().atMost(SOON).until(() -> browser.complaints().stream()
                    .anyMatch(line -> line.contains("frame-ancestors")));
            assertThat(browser.run("return heard.length")).isEqualTo(0L);

            embedOrigins(List.of("https://example.org", page.replace("/blog.html", "")));
            browser.open(page);
            browser.await("window.heard?.[0]?.[0] === 'ready'", SOON);
        } finally {
            embedOrigins(List.of());
        }
    }

    @Test
    void saysWithinThePageThatThereIsNoSuchVideoWhetherItIsPrivateOrNotThere(
            PlatformProcess platform, @TempDir Path folder) throws IOException {
        ann.call("PATCH", "/videos/" + id, Map.of("visibility", "private"));
        try {
            for (int hidden : List.of(id, id + 1_000_000)) {
                try (PlayerPages site = blog(platform, folder, String.valueOf(hidden))) {
                    browser.open(site.address("blog.html"));
                    browser.await("window.heard?.[0]?.[0] === 'error'", SOON);

                    assertThat(browser.run("return heard[0][1]")).isEqualTo("This video is not available.");
                    assertThat(refusal("play()")).isEqualTo("This video is not available.");
                }
            }
        } finally {
            ann.call("PATCH", "/videos/" + id, Map.of("visibility", "public"));
        }
    }

    @Test
    void sharesAnAddressWithItsMomentAndWhatEmbedsIt(PlatformProcess platform) {
        String url = platform.url();
        browser.open(url + "/watch/" + id + "?t=5");
        browser.await("document.querySelector('video')?.currentTime >= 5", SOON);
        browser.run("document.querySelector('video').pause()");
        browser.run("document.querySelector('video').currentTime = 7.5");
        browser.awaitText("video-title", "A walk </script><b>&amp;\"");

        browser.click("open-share");
        assertThat(browser.see("share-link").getAttribute("value")).isEqualTo(url + "/watch/" + id);
        browser.click("share-from");
        assertThat(browser.see("share-link").getAttribute("value")).isEqualTo(url + "/watch/" + id + "?t=7");
        assertThat(browser.see("share-embed").getAttribute("value"))
                .startsWith(
                        "<iframe src=\"" + url + "/embed/" + id + "?start=7\" width=\"640\" height=\"360\" title=\"")
                .contains("&amp;amp;&quot;");
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(Map.of("prefers-color-scheme", scheme));
            assertThat(browser.accessibilityFaults()).as(scheme).isEmpty();
            browser.screenshot("71-share-" + scheme);
        }
        browser.likeAPhone();
        browser.await("document.documentElement.scrollWidth <= 390", SOON);
        browser.screenshot("72-share-phone");
        browser.press(Keys.ESCAPE);
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("open-share");

        browser.click("home");
        browser.see("video-card");
        assertThat(browser.run("return location.pathname + location.hash")).isEqualTo("/#/");
        browser.run("history.back()");
        browser.awaitText("video-title", "A walk");
        assertThat(browser.run("return location.pathname")).isEqualTo("/watch/" + id);
        browser.assertNoComplaints();
    }

    @Test
    void tellsOthersOfAPublicVideoAloneWhatItIs(PlatformProcess platform) {
        Client nobody = Client.anonymous(platform);
        Client.Answer page = nobody.get("/watch/" + id);
        Client.Answer oembed = nobody.get("/oembed?url=" + platform.url() + "/watch/" + id + "&maxwidth=320");
        Client.Answer picture = nobody.get(oembed.json()
                .path("thumbnail_url")
                .asText()
                .substring(platform.url().length()));

        assertThat(page.body())
                .contains("<meta property=\"og:title\" content=\"A walk &lt;/script&gt;&lt;b&gt;&amp;amp;&quot;\">");
        assertThat(oembed.json().path("title").asText()).isEqualTo("A walk </script><b>&amp;\"");
        assertThat(oembed.json().path("width").asInt()).isEqualTo(320);
        assertThat(picture.status()).isEqualTo(302);
        assertThat(Client.send(HttpRequest.newBuilder(URI.create(picture.response()
                                        .headers()
                                        .firstValue("Location")
                                        .orElseThrow()))
                                .build())
                        .response()
                        .headers()
                        .firstValue("Content-Type"))
                .hasValue("image/jpeg");

        String link = platform.url() + "/watch/" + id;
        String sitemap =
                nobody.get("/sitemap.xml").body().replaceFirst("(?s).*<loc>[^<]*(/sitemap[^<]*)</loc>.*", "$1");
        List<String> lists = List.of("/feed.xml", sitemap);
        assertThat(lists).allSatisfy(list -> assertThat(nobody.get(list).body()).contains(">" + link + "<"));

        String unknown = nobody.get("/watch/" + (id + 1_000_000)).body();
        for (String visibility : List.of("private", "unlisted")) {
            ann.call("PATCH", "/videos/" + id, Map.of("visibility", visibility));
            assertThat(nobody.get("/watch/" + id).body()).as(visibility).isEqualTo(unknown);
            assertThat(ann.get("/watch/" + id).body()).as(visibility).isEqualTo(unknown);
            assertThat(lists)
                    .allSatisfy(list -> assertThat(ann.get(list).body()).doesNotContain(link));
            int status = visibility.equals("private") ? 404 : 200;
            assertThat(nobody.get("/oembed?url=" + platform.url() + "/watch/" + id)
                            .status())
                    .isEqualTo(status);
            assertThat(ann.get("/videos/" + id + "/thumbnail").status()).isEqualTo(status == 200 ? 302 : 404);
        }
        ann.call("PATCH", "/videos/" + id, Map.of("visibility", "public"));
        assertThat(nobody.get("/watch/" + id).body()).isEqualTo(page.body());
    }

    private static PlayerPages blog(Platform platform, Path folder, String video) throws IOException {
        Files.writeString(folder.resolve("blog.html"), PAGE.formatted(platform.url(), video));
        return new PlayerPages(folder);
    }

    private void embedOrigins(List<String> origins) {
        Client.Answer answer = ann.call("PATCH", "/videos/" + id, Map.of("embed_origins", origins));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** How the player is after a call. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> ask(String call) {
        return (Map<String, Object>) browser.resolve("video." + call);
    }

    private double number(String call, String field) {
        return ((Number) ask(call).get(field)).doubleValue();
    }

    private String refusal(String call) {
        return (String) browser.resolve("video." + call + ".then(() => null, (error) => error.message)");
    }
}
