package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The player of the watch page, as viewers use it. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlayerIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SECONDS = 80;

    /** Seconds, in which no picture changes. */
    private static final double ROUNDING = 0.01;

    private static final String VIDEO = "document.querySelector('[data-testid=player]')";

    private static final String BAR = "document.querySelector('[data-testid=time]')";

    /** The API's answer on the video, but with another address of its stream, which an expression says. */
    private static final String OTHER_STREAM = """
            const real = window.fetch;
            let asked = 0;
            window.fetch = async (...call) => {
              const answer = await real(...call);
              if (!/^\\/videos\\/\\d+$/.test(call[0])) return answer;
              const body = await answer.json();
              asked += 1;
              body.data.hls_url = %s;
              return new Response(JSON.stringify(body), {status: answer.status, headers: answer.headers});
            };
            """;

    /** The hashes of all styles in shadow roots, as a content security policy names them. */
    private static final String STYLES = """
            (async () => {
              const found = new Set();
              const walk = async (root) => {
                for (const style of root.querySelectorAll('style')) {
                  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style.textContent));
                  found.add('sha256-' + btoa(String.fromCharCode(...new Uint8Array(hash))));
                }
                for (const element of root.querySelectorAll('*')) if (element.shadowRoot) await walk(element.shadowRoot);
              };
              await walk(document);
              return [...found];
            })()""";

    private int id;
    private int nextId;
    private Browser browser;

    @BeforeAll
    void upload(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.video(platform, 2, "320x180"), "Afterwards", "The next one.");
        nextId = ann.await("Afterwards", "ready").path("id").asInt();
        ann.upload(Clips.video(platform, SECONDS, "640x360"), "To be watched", "A minute and more.");
        id = ann.await("To be watched", "ready").path("id").asInt();
        assertThat(ann.call(
                                "PUT",
                                "/videos/" + id + "/chapters",
                                Map.of(
                                        "chapters",
                                        List.of(
                                                Map.of("seconds", 20, "title", "The <b>deep</b> & wide"),
                                                Map.of("seconds", 60, "title", "The end"))))
                        .status())
                .isEqualTo(200);
    }

    @BeforeEach
    void open(PlatformProcess platform) throws IOException {
        browser = new Browser();
        browser.open(platform.url() + "/");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void obeysKeysWhereverTheFocusIsButNotInATextField() {
        watch("?t=30");

        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);
        double at = time();
        browser.press("l");
        assertThat(time()).isCloseTo(at + 10, within(ROUNDING));
        browser.press("j");
        browser.press("j");
        assertThat(time()).isCloseTo(at - 10, within(ROUNDING));
        browser.press("5");
        assertThat(time()).isCloseTo(browser.number(VIDEO + ".duration") / 2, within(ROUNDING));
        browser.press(">");
        browser.press(">");
        browser.press("<");
        assertThat(browser.number(VIDEO + ".playbackRate")).isEqualTo(1.25);
        assertThat(browser.text("player-told")).isEqualTo("Speed 1.25");
        browser.press("m");
        assertThat(browser.run("return " + VIDEO + ".muted")).isEqualTo(true);
        browser.press("c");
        browser.awaitText("player-told", "No captions");
        browser.press("f");
        browser.await("document.fullscreenElement?.matches('[data-testid=controller]')", SOON);
        browser.press("f");
        browser.await("!document.fullscreenElement", SOON);
        double before = time();
        browser.press(Keys.ARROW_RIGHT);
        assertThat(time()).as("the arrows are the page's").isCloseTo(before, within(ROUNDING));

        focus("play");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(time()).isCloseTo(before + 5, within(ROUNDING));
        browser.press(Keys.ARROW_LEFT);
        assertThat(time()).isCloseTo(before, within(ROUNDING));
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_UP);
        assertThat(browser.number(VIDEO + ".volume")).isBetween(0.94, 0.96);
        browser.press(" ");
        browser.await("!" + VIDEO + ".paused", SOON);
        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);

        browser.press("?");
        browser.awaitText("player-keys", "Picture in picture");
        browser.screenshot("30-keys");
        browser.press("k");
        assertThat(browser.run("return " + VIDEO + ".paused"))
                .as("a dialog is before the player")
                .isEqualTo(true);
        browser.press(Keys.ESCAPE);
        at = time();
        browser.fill("search-text", "jkl 5 mcf?>");
        assertThat(browser.see("search-text").getDomProperty("value")).isEqualTo("jkl 5 mcf?>");
        assertThat(time()).isCloseTo(at, within(ROUNDING));
        assertThat(browser.run("return " + VIDEO + ".paused")).isEqualTo(true);
        browser.assertNoComplaints();
    }

    @Test
    void leavesKeysToThePageForWhoWantsThat() {
        watch("");
        browser.press("?");
        browser.click("keys-anywhere");
        browser.press(Keys.ESCAPE);

        browser.run("document.activeElement.blur()");
        browser.press("k");
        assertThat(browser.run("return " + VIDEO + ".paused")).isEqualTo(false);
        focus("play");
        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);
    }

    @Test
    void showsOverTheBarOfTimeWhatIsThereAndInWhichChapter() {
        watch("");
        focus("play");
        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);

        browser.await(inBar("#segments-clipping rect") + ".length === 3", SOON);
        browser.pointAt("time", browser.number(BAR + ".clientWidth") / 2, 8);

        browser.await(BAR + ".getAttribute('mediapreviewchapter') === 'The <b>deep</b> & wide'", SOON);
        browser.await(sheet() + "?.naturalWidth === 1600", SOON);
        // Forty tiles; the middle is in the first ones of the third row.
        assertThat((String) browser.run(
                        "return " + inBar("media-preview-thumbnail") + "[0].getAttribute('mediapreviewcoords')"))
                .matches("(0|160|320|1440) (90|180) 160 90");
        assertThat((String) browser.run("return " + sheet() + ".src")).contains("/storyboard.jpg?Policy=");
        browser.screenshot("38-preview");
        browser.pointAt("time", browser.number(BAR + ".clientWidth") - 20, 8);
        browser.await(BAR + ".getAttribute('mediapreviewchapter') === 'The end'", SOON);
        browser.assertNoComplaints();
    }

    /** As it is with videos of before. */
    @Test
    void showsTimesAloneWhereThereIsNoStoryboard(PlatformProcess platform) {
        browser.before(OTHER_STREAM.formatted("((body.data.storyboard_url = ''), body.data.hls_url)"));
        browser.open("about:blank");
        browser.open(platform.url() + "/#/");
        watch("");
        browser.press("k");
        focus("play");

        browser.pointAt("time", 100, 8);

        browser.await(BAR + ".hasAttribute('mediapreviewtime')", SOON);
        assertThat(browser.run("return " + BAR + ".hasAttribute('mediapreviewimage')"))
                .isEqualTo(false);
        browser.assertNoComplaints();
    }

    @Test
    void letsChooseQualityAndSpeedByTheKeyboardAlone() {
        watch("");
        tabTo("play");
        browser.press(Keys.ENTER);
        browser.await(VIDEO + ".paused", SOON);
        tabTo("player-settings");

        PlayerMenu.choose(browser, "quality-menu", "240p");
        PlayerMenu.choose(browser, "speed-menu", "1.5");

        assertThat(browser.number(VIDEO + ".playbackRate")).isEqualTo(1.5);
        browser.press("k");
        browser.await(VIDEO + ".videoHeight === 240", SOON);
        PlayerMenu.open(browser);
        browser.screenshot("31-menu");
        browser.press(Keys.ESCAPE);
        PlayerMenu.choose(browser, "quality-menu", "Auto");
        browser.await(VIDEO + ".videoRenditions.selectedIndex === -1", SOON);
        tabTo("pip");
        tabTo("fullscreen");
        browser.press(Keys.ENTER);
        browser.await("document.fullscreenElement", SOON);
        browser.press("f");
        browser.assertNoComplaints();
    }

    @Test
    void startsWhereTheAddressSaysAndGoesOnWhereOneWas() {
        watch("?t=40s");
        assertThat(time()).isBetween(40.0, 50.0);
        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);
        double left = time();
        browser.run("location.hash = '#/'");
        browser.await("!" + VIDEO, SOON);

        watch("");
        assertThat(time()).isBetween(Math.floor(left), left + 10);
        browser.click("from-the-start");
        browser.await(VIDEO + ".currentTime < 10", SOON);
        browser.assertNoComplaints();
    }

    @Test
    void saysWhatFailedTheRequestAndAWayOut() {
        browser.block("*/encoded-videos/*.m3u8*");
        show("");

        browser.awaitText("player-error", "can’t be reached");
        assertThat(browser.text("request-id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        browser.awaitText("player-error", "To the videos");
        browser.screenshot("32-error");
        browser.block();
        browser.click("retry");
        browser.await(VIDEO + "?.currentTime > 0", SOON);
    }

    @Test
    void leadsToTheNextVideoOfTheSameOwner() {
        watch("");
        browser.awaitText("next-video", "Afterwards");

        browser.run(VIDEO + ".currentTime = " + VIDEO + ".duration - 0.3");
        browser.awaitText("next-at-end", "Next: Afterwards");
        browser.screenshot("33-next");
        browser.pressEnter("next-at-end");

        browser.awaitText("video-title", "Afterwards");
        assertThat(browser.run("return location.hash")).isEqualTo("#/watch/" + nextId);
        browser.assertNoComplaints();
    }

    /**
     * The laptop was closed for a night: the signature that the player had opens nothing any more. As the platform says the same
     * one for some minutes, each is told from the others by a number.
     */
    @Test
    void renewsASignatureThatEndedWhilePausedWithoutAJump(PlatformProcess platform) {
        browser.before(OTHER_STREAM.formatted("body.data.hls_url + '&asked=' + asked"));
        browser.open("about:blank");
        browser.open(platform.url() + "/#/");
        watch("");
        browser.press("k");
        browser.await(VIDEO + ".paused", SOON);
        browser.await(buffered() + " > 55", SOON);
        assertThat(asked()).isEqualTo("1");
        assertThat(browser.number(buffered())).as("there is more to be fetched").isLessThan(SECONDS - 10);
        browser.run("const now = Date.now; Date.now = () => now() + 12 * 3600e3;"
                + "window.jumps = []; for (const event of ['seeking', 'emptied', 'error'])"
                + VIDEO + ".addEventListener(event, () => jumps.push(event))");
        browser.block("*asked=1*");

        browser.run(VIDEO + ".playbackRate = 8; " + VIDEO + ".play()");
        browser.await(VIDEO + "?.currentTime > " + (SECONDS - 5), SOON);

        assertThat(browser.run("return jumps")).isEqualTo(List.of());
        assertThat(asked()).isEqualTo("2");
        browser.assertNoComplaints();
    }

    @Test
    void offersTheLanguagesOfAFileAndEachQualityOnce(PlatformProcess platform) {
        Client ann = Client.registered(platform);
        ann.upload(Clips.languages(platform, 10), "In two languages", "One of them in 5.1.");
        browser.open(platform.url() + "/#/watch/"
                + ann.await("In two languages", "ready").path("id").asInt());
        browser.await(VIDEO + "?.audioTracks?.length === 2", SOON);

        assertThat(browser.run("return [..." + VIDEO
                        + ".audioTracks].map(({kind, label, language}) => [kind, label, language].join())"))
                .isEqualTo(List.of("main,Deutsch,de", "main-desc,English (audio description),en"));
        assertThat(browser.run("return [..." + VIDEO + ".videoRenditions].map(({height}) => height)"))
                .isEqualTo(List.of(240L));
        focus("player-settings");
        PlayerMenu.choose(browser, "sound-menu", "English");

        browser.await("[..." + VIDEO + ".audioTracks].find(track => track.enabled).language === 'en'", SOON);
        browser.screenshot("player-languages");
        browser.assertNoComplaints();
    }

    /** What a stream offers, whoever made it. */
    @Test
    void showsCaptionsAndSoundsOfTheStream(PlatformProcess platform, @TempDir Path folder) throws IOException {
        stream(platform, folder);
        try (PlayerPages site = new PlayerPages(folder)) {
            browser.before(OTHER_STREAM.formatted("'" + site.address("main.m3u8") + "'"));
            browser.open("about:blank");
            browser.open(platform.url() + "/#/watch/" + id);
            browser.await(VIDEO + "?.currentTime > 0", SOON);
            focus("player-settings");

            PlayerMenu.choose(browser, "captions-menu", "Français");
            browser.await(captions("showing") + " === 'Français'", SOON);
            browser.await(
                    "[..." + VIDEO + ".textTracks].some(track => track.activeCues?.[0]?.text === 'Bonjour')", SOON);
            PlayerMenu.choose(browser, "sound-menu", "Deutsch");
            browser.await("[..." + VIDEO + ".audioTracks].find(track => track.enabled).label === 'Deutsch'", SOON);
            browser.press("c");
            browser.await("!" + captions("showing"), SOON);
            browser.press("c");
            browser.await(captions("showing"), SOON);

            PlayerMenu.open(browser);
            PlayerMenu.enter(browser, "dataset.testid === 'open-look'");
            browser.see("caption-look");
            browser.select("caption-size", "Very large");
            browser.select("caption-colour", "Yellow");
            browser.screenshot("34-captions");
            assertThat(accessibilityFaults()).isEmpty();
            browser.press(Keys.ESCAPE);
            assertThat(
                            browser.run(
                                    "const cue = getComputedStyle(" + VIDEO
                                            + "); return cue.getPropertyValue('--caption-colour') + cue.getPropertyValue('--caption-size')"))
                    .isEqualTo("#ffee002em");
            browser.screenshot("35-look");
            browser.assertNoComplaints();
        }
    }

    @Test
    void isOpenToEverybodyInBothColourSchemesAndWithoutMotion(PlatformProcess platform) {
        for (String scheme : List.of("light", "dark")) {
            Map<String, String> features = new LinkedHashMap<>(Map.of("prefers-color-scheme", scheme));
            if (scheme.equals("dark")) {
                features.put("prefers-reduced-motion", "reduce");
            }
            browser.prefer(features);
            browser.open("about:blank");
            browser.open(platform.url() + "/#/watch/" + id + "?t=5");
            browser.see("next-video");
            browser.await(VIDEO + ".readyState > 2", SOON);
            if (scheme.equals("dark")) {
                assertThat(browser.run("return " + VIDEO + ".paused"))
                        .as("nothing moves by itself")
                        .isEqualTo(true);
            }
            browser.run(VIDEO + ".pause()");
            focus("player-settings");
            assertThat(accessibilityFaults()).as(scheme).isEmpty();
            PlayerMenu.open(browser);
            assertThat(accessibilityFaults()).as(scheme + ", with the menu").isEmpty();
            PlayerMenu.enter(browser, "dataset.testid === 'open-speed-menu'");
            assertThat(accessibilityFaults()).as(scheme + ", with speeds").isEmpty();
            browser.press(Keys.ESCAPE);
            browser.press(Keys.ESCAPE);
            browser.press("?");
            browser.see("player-keys");
            assertThat(accessibilityFaults()).as(scheme + ", with the keys").isEmpty();
            browser.screenshot("36-" + scheme);
            browser.press(Keys.ESCAPE);
        }
        browser.likeAPhone();
        browser.await("document.documentElement.scrollWidth <= 390", SOON);
        focus("player-settings");
        PlayerMenu.open(browser);
        browser.screenshot("37-phone");
        assertThat(accessibilityFaults()).as("on a phone").isEmpty();
    }

    @Test
    void allowsTheStylesThatItsLibrariesAddAndNoOthers() throws IOException {
        watch("");
        Path vendored =
                PlatformProcess.ROOT.resolve("services/api-gateway/src/main/resources/web/assets/vendor/vendored.yaml");

        List<String> allowed = new ObjectMapper(new YAMLFactory())
                .readTree(vendored.toFile()).findValues("styles").stream()
                        .flatMap(styles -> Client.JSON.convertValue(styles, List.class).stream())
                        .map(Object::toString)
                        .toList();

        assertThat(allowed).isNotEmpty();
        assertThat(browser.resolve(STYLES))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrderElementsOf(allowed);
        browser.assertNoComplaints();
    }

    private void show(String query) {
        browser.run("location.hash = '#/watch/" + id + query + "'");
    }

    /** Until it plays. */
    private void watch(String query) {
        show(query);
        browser.await(
                VIDEO + " && !" + VIDEO + ".paused && " + VIDEO + ".currentTime > 0 && " + VIDEO + ".readyState > 2",
                SOON);
    }

    private static String inBar(String selector) {
        return BAR + ".shadowRoot.querySelectorAll('" + selector + "')";
    }

    /** The picture that the tiles are of. */
    private static String sheet() {
        return inBar("media-preview-thumbnail") + "[0].shadowRoot.querySelector('img')";
    }

    private double time() {
        return browser.number(VIDEO + ".currentTime");
    }

    private void focus(String testid) {
        browser.run("document.querySelector('[data-testid=" + testid + "]').focus()");
    }

    private void tabTo(String testid) {
        String there = "document.activeElement?.matches('[data-testid=" + testid + "]')";
        for (int tabs = 0; tabs < 40 && !Boolean.TRUE.equals(browser.run("return " + there)); tabs++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.run("return " + there)).as("%s by Tab", testid).isEqualTo(true);
        // A control that has the focus is in sight.
        browser.see(testid);
    }

    private static String buffered() {
        return VIDEO + ".buffered.end(" + VIDEO + ".buffered.length - 1)";
    }

    /** Of the last piece of the stream that was asked for. */
    private String asked() {
        return (String) browser.run("return performance.getEntriesByType('resource').map(({name}) => new URL(name))"
                + ".filter(({pathname}) => pathname.includes('/encoded-videos/') && pathname.endsWith('.m4s'))"
                + ".at(-1).searchParams.get('asked')");
    }

    private static String captions(String mode) {
        return "[..." + VIDEO + ".textTracks].find(track => track.mode === '" + mode + "')?.label";
    }

    private List<String> accessibilityFaults() {
        return browser.accessibilityFaults();
    }

    /** Two sound tracks and captions in two languages. */
    private static void stream(Platform platform, Path folder) throws IOException {
        for (String sound : List.of("440", "880")) {
            Clips.say(
                    platform,
                    "ffmpeg",
                    ("-nostdin -f lavfi -i sine=frequency=" + sound + ":duration=20 -c:a aac -f hls -hls_time 4"
                                    + " -hls_playlist_type vod " + folder.resolve(sound + ".m3u8"))
                            .split(" "));
        }
        Clips.say(
                platform,
                "ffmpeg",
                ("-nostdin -f lavfi -i testsrc2=size=320x180:rate=25:duration=20 -c:v libx264 -preset ultrafast -g 50"
                                + " -pix_fmt yuv420p -f hls -hls_time 4 -hls_playlist_type vod "
                                + folder.resolve("picture.m3u8"))
                        .split(" "));
        for (Map.Entry<String, String> language :
                Map.of("en", "Hello", "fr", "Bonjour").entrySet()) {
            Files.writeString(
                    folder.resolve(language.getKey() + ".vtt"),
                    "WEBVTT\n\n00:00.000 --> 00:20.000\n" + language.getValue() + "\n");
            Files.writeString(
                    folder.resolve(language.getKey() + ".m3u8"),
                    "#EXTM3U\n#EXT-X-TARGETDURATION:20\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:20,\n" + language.getKey()
                            + ".vtt\n#EXT-X-ENDLIST\n");
        }
        Files.writeString(folder.resolve("main.m3u8"), """
                #EXTM3U
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="440.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",LANGUAGE="de",AUTOSELECT=YES,URI="880.m3u8"
                #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",LANGUAGE="en",AUTOSELECT=YES,URI="en.m3u8"
                #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Français",LANGUAGE="fr",AUTOSELECT=YES,URI="fr.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=320x180,CODECS="avc1.42c00d,mp4a.40.2",AUDIO="a",SUBTITLES="s"
                picture.m3u8
                """);
    }
}
