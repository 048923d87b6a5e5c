package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** How videos are uploaded on the web page. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class UploadPageIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ENCODED = Duration.ofSeconds(120);
    private static final String PASSWORD = "secret-words";

    /** Keeps where each request with bytes began, over reloads; and has as many tokens be refused as {@code ended} says. */
    private static final String NOTE_OFFSETS = """
            const set = XMLHttpRequest.prototype.setRequestHeader;
            XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
              if (name === 'Authorization' && window.ended > 0 && ended--) return set.call(this, name, 'Bearer ended');
              if (name === 'Upload-Offset') sessionStorage.offsets = `${sessionStorage.offsets ?? ''} ${value}`;
              return set.call(this, name, value);
            };
            """;

    @TempDir
    Path folder;

    private final String email = "sender-" + UUID.randomUUID() + "@example.org";
    private Client ann;
    private Browser browser;

    @BeforeEach
    void open(PlatformProcess platform) throws IOException {
        ann = Client.register(platform, email, PASSWORD);
        browser = new Browser();
        browser.before(NOTE_OFFSETS);
        browser.open(platform.url() + "/#/login?next=/upload");
        browser.fill("login-email", email);
        browser.fill("login-password", PASSWORD);
        browser.click("login-form-submit");
        browser.see("quota");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void goesOnAfterAReloadOnceTheSameFileIsChosenAgain(PlatformProcess platform) throws IOException {
        Path film = sendSlowly(film(platform, "a film.mp4"), 30);
        browser.fill("upload-title", "Typed before the reload");

        browser.run("location.reload()");

        browser.see("upload-choose");
        assertThat(browser.text("upload-job-title")).isEqualTo("Typed before the reload");
        assertThat(browser.number(progress(1))).isPositive();
        browser.screenshot("21-interrupted");
        browser.choose("upload-video", film);
        browser.see("upload-ready", ENCODED);
        List<Long> offsets = offsets();
        assertThat(offsets.get(0)).isZero();
        assertThat(offsets.get(1)).isGreaterThan(Files.size(film) / 10);
        assertThat(browser.all("upload-job")).hasSize(1);
        browser.assertNoComplaints();
    }

    @Test
    void goesOnAfterAPause(PlatformProcess platform) throws IOException {
        sendSlowly(film(platform, "paused.mp4"), 30);
        assertThat(browser.text("upload-progress-1-text")).contains("/s", "left");

        browser.pressEnter("upload-pause");
        browser.awaitText("upload-hint", "paused");
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("upload-resume");
        browser.press(Keys.ENTER);

        browser.see("upload-ready", ENCODED);
        // What was cut off may still be on its way to the store when it is asked for first.
        assertThat(offsets()).anyMatch(offset -> offset > 0);
        browser.assertNoComplaints();
    }

    @Test
    void triesAgainUntilTheNetworkIsBack(PlatformProcess platform) throws IOException {
        browser.block("*/videos/upload/tus/*");
        browser.choose("upload-video", film(platform, "unlucky.mp4"));
        browser.awaitText("upload-hitch", "It is tried again in");
        browser.screenshot("22-no-network");

        browser.block();

        browser.see("upload-ready", ENCODED);
        assertThat(browser.complaints()).allMatch(line -> line.contains("ERR_BLOCKED_BY_CLIENT"));
    }

    @Test
    void goesOnWhenTheAccessTokenHasEnded(PlatformProcess platform) throws IOException {
        browser.run("window.ended = 2");

        browser.choose("upload-video", film(platform, "long.mp4"));

        browser.see("upload-ready", ENCODED);
        assertThat(browser.complaints())
                .hasSize(2)
                .allMatch(line -> line.contains("/videos/upload/tus") && line.contains("401"));
    }

    @Test
    void sendsOneAfterTheOtherAndWhatIsCancelledNotAtAll(PlatformProcess platform) throws IOException {
        Path first = film(platform, "first.mp4");
        Path second = film(platform, "second.mp4");
        Path third = film(platform, "third.mp4");
        browser.limitUpload(Files.size(first) / 4);
        for (Path film : List.of(first, second, third)) {
            browser.choose("upload-video", film);
        }
        browser.await("document.querySelectorAll('[data-testid=upload-job]').length === 3", SOON);
        assertThat(browser.run("return " + phases())).isEqualTo(List.of("sending", "waiting", "waiting"));
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.screenshot("23-queue");

        browser.run("window.confirm = () => true");
        browser.run("document.querySelector('[aria-label=\"Cancel: second\"]').click()");

        browser.await(phases() + ".every(phase => phase === 'ready')", ENCODED);
        assertThat(ann.get("/videos/mine").data().path("videos").findValuesAsText("title"))
                .containsExactlyInAnyOrder("first", "third");
        browser.assertNoComplaints();
    }

    @Test
    void deletesWhatWasSentOfACancelledOne(PlatformProcess platform) throws IOException {
        sendSlowly(film(platform, "unwanted.mp4"), 20);
        assertThat(ann.get("/auth/quota").data().at("/quota/used/uploads").asInt())
                .isOne();

        browser.run("window.confirm = () => true");
        browser.pressEnter("upload-cancel");

        browser.await("!document.querySelector('[data-testid=upload-job]')", SOON);
        assertThat(browser.run("return Object.keys(localStorage).filter(key => key.startsWith('caravan.upload'))"))
                .asString()
                .isEqualTo("[]");
        Awaitility.await().untilAsserted(() -> assertThat(
                        ann.get("/auth/quota").data().at("/quota/used/uploads").asInt())
                .isZero());
        browser.assertNoComplaints();
    }

    @Test
    void keepsPrivateWhatNobodyHasSavedYet(PlatformProcess platform) throws IOException {
        browser.choose("upload-video", film(platform, "not yet.mp4"));
        JsonNode video = ann.await("not yet", "ready");
        assertThat(video.path("visibility").asText()).isEqualTo("private");
        browser.awaitText("upload-private", "Until you save");
        browser.awaitText("upload-job", "Your video is ready.");

        String description = "A word. ".repeat(600).strip();
        browser.fill("upload-title", "Now");
        browser.run("document.querySelector('[data-testid=upload-description]').value = arguments[0]", description);
        browser.run("document.querySelectorAll('[data-testid=upload-moment]')[2].click()");
        browser.pressEnter("upload-save");

        browser.awaitText("upload-form-message", "Saved.");
        JsonNode saved = ann.get("/videos/" + video.path("id").asInt()).data().path("video");
        assertThat(saved.path("title").asText()).isEqualTo("Now");
        assertThat(saved.path("description").asText()).isEqualTo(description);
        assertThat(saved.path("visibility").asText()).isEqualTo("public");
        browser.screenshot("24-saved");
        browser.assertNoComplaints();
    }

    @Test
    void takesFilesThatAreDroppedOnAnyView(PlatformProcess platform) throws IOException {
        browser.run("location.hash = '#/mine'");
        browser.awaitText("notice", "You have no videos yet.");
        browser.run("""
                const transfer = new DataTransfer();
                transfer.items.add(new File(['GIF89a'], 'no video.txt', {type: 'text/plain'}));
                transfer.items.add(new File([Uint8Array.from(atob(arguments[0]), letter => letter.charCodeAt(0))], 'dropped.gif'));
                document.querySelector('main').dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, bubbles: true, cancelable: true}));
                """, java.util.Base64.getEncoder().encodeToString(Clips.gif(platform)));

        browser.awaitText("upload-job", "dropped.gif");
        browser.awaitText("upload-refused", "no video.txt: This file is no video.");
        browser.assertNoComplaints();
    }

    @Test
    void saysWhyThePlatformTakesAFileForNoVideo() throws IOException {
        browser.choose("upload-video", Files.writeString(folder.resolve("notes.mp4"), "These are words. ".repeat(99)));

        browser.awaitText("upload-error", "This file is no video that the platform can read.");
        browser.screenshot("25-refused");
        assertThat(browser.complaints()).singleElement().asString().contains("/videos/upload/tus/", "400");
    }

    @Test
    void importsWhatIsAtAUrl(PlatformProcess platform) throws IOException {
        byte[] film = Clips.video(platform, 4, "1280x720");
        HttpServer source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        source.createContext("/some film.mp4", exchange -> {
            exchange.sendResponseHeaders(200, film.length);
            exchange.getResponseBody().write(film);
            exchange.close();
        });
        source.start();
        try {
            String url = "http://127.0.0.1:" + source.getAddress().getPort();
            browser.run("document.querySelector('[data-testid=import-panel] summary').click()");
            importFrom(url + "/some%20film.mp4");
            browser.see("import-done");
            importFrom(url + "/nothing-here.mp4");
            browser.awaitText("import-error", "The server answered 404.");
            browser.fill("import-url", "http://169.254.169.254/latest/meta-data/");
            browser.pressEnter("import-submit");
            browser.await(
                    "document.querySelector('[data-testid=imports]').textContent.includes('address that is not asked')",
                    SOON);
            browser.fill("import-url", "ftp://example.com/a.mp4");
            browser.pressEnter("import-submit");
            browser.awaitText("import-url-error", "Url is refused: Only http and https are asked.");
        } finally {
            source.stop(0);
        }
        browser.awaitText("quota", "1 video");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.run("document.querySelector('[data-testid=imports]').scrollIntoView()");
        browser.screenshot("27-imports");
        browser.likeAPhone();
        browser.inTheDark();
        browser.screenshot("28-imports-on-a-phone");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        for (int left = 3; left > 0; left--) {
            browser.pressEnter("import-end");
            browser.await("document.querySelectorAll('[data-testid=import-job]').length === " + (left - 1), SOON);
        }
        assertThat(ann.await("some film", "ready").path("visibility").asText()).isEqualTo("private");
    }

    private void importFrom(String url) {
        browser.fill("import-url", url);
        browser.pressEnter("import-submit");
    }

    @Test
    void fitsAPhoneAndTheDark(PlatformProcess platform) throws IOException {
        browser.likeAPhone();
        browser.inTheDark();
        sendSlowly(film(platform, "on a phone.mp4"), 20);

        browser.screenshot("26-phone");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.assertNoComplaints();
    }

    /** Over a line that takes some seconds, until so many hundredths are sent. */
    private Path sendSlowly(Path film, int percent) throws IOException {
        browser.limitUpload(Files.size(film) / 8);
        browser.choose("upload-video", film);
        browser.await(progress(1) + " > " + percent, SOON);
        return film;
    }

    private Path film(PlatformProcess platform, String name) throws IOException {
        return Files.write(folder.resolve(name), Clips.video(platform, 4, "1280x720"));
    }

    private List<Long> offsets() {
        String offsets = (String) browser.run("return sessionStorage.offsets.trim()");
        return java.util.Arrays.stream(offsets.split(" ")).map(Long::valueOf).toList();
    }

    private static String progress(int upload) {
        return "(document.querySelector('#upload-progress-" + upload + "')?.value ?? 0)";
    }

    private static String phases() {
        return "[...document.querySelectorAll('[data-testid=upload-job]')].map(job => job.dataset.phase)";
    }
}
