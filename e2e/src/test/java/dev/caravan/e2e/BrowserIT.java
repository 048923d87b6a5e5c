package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a person does on the web page. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class BrowserIT {

    private static final Duration ENCODED = Duration.ofSeconds(120);
    private static final String PASSWORD = "secret-words";

    /** Keeps every value that the two progress bars of an upload show. */
    private static final String NOTE_PROGRESS = """
            window.noted = {'upload-progress-1': [], 'upload-encoding-1': []};
            const note = () => {
              for (const [id, values] of Object.entries(noted)) {
                const bar = document.querySelector(`[data-testid=${id}]`);
                if (bar?.hasAttribute('value') && bar.value !== values.at(-1)) values.push(bar.value);
              }
            };
            new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true});
            """;

    @TempDir
    Path folder;

    private final String email = "viewer-" + UUID.randomUUID() + "@example.org";
    private Browser browser;

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
    void registersUploadsAndWatchesToTheEnd(PlatformProcess platform) throws IOException {
        register("Ann Browser");
        upload(Clips.video(platform, 10, "1280x720"), "a_walk-by_the sea.mp4", Clips.thumbnail(platform));

        assertThat(noted("upload-progress-1"))
                .hasSizeGreaterThan(2)
                .isSorted()
                .anyMatch(value -> value > 0 && value < 100);
        browser.see("upload-ready", ENCODED);
        assertThat(noted("upload-encoding-1"))
                .isSorted()
                .anyMatch(value -> value > 0 && value < 100)
                .endsWith(100.0);
        browser.screenshot("04-ready");
        assertThat(browser.text("upload-job-title")).isEqualTo("a walk by the sea");

        browser.click("watch-link");
        browser.await(player("currentTime > 0.5"), Duration.ofSeconds(30));
        double before = browser.number(player("currentTime"));
        browser.await(player("currentTime > " + (before + 0.5)), Duration.ofSeconds(30));
        browser.screenshot("05-watch");
        chooseQuality("240p");
        browser.await(player("ended"), Duration.ofSeconds(60));

        assertThat(browser.number(player("duration"))).isBetween(9.7, 10.5);
        assertThat(browser.number(player("currentTime"))).isGreaterThan(9.7);
        assertThat(browser.number(player("webkitAudioDecodedByteCount"))).isPositive();
        assertThat(browser.text("video-title")).isEqualTo("a walk by the sea");
        assertThat(browser.text("video-description")).isEqualTo("Waves & <b>wind</b>.");
        browser.assertNoComplaints();
    }

    @Test
    void readsWhatIsSaidBesideThePlayerAndGoesToItsPlace(PlatformProcess platform) {
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 12, "320x180"), "Of the pond", "With captions.");
        String path = "/videos/" + ann.await("Of the pond", "ready").path("id").asInt();
        assertThat(ann.call(
                                "PUT",
                                path + "/captions/en?default=true",
                                "1\n00:00:01,000 --> 00:00:03,000\nThe <i>axolotl</i> swims\n\n"
                                        + "2\n00:00:08,000 --> 00:00:09,000\nA heron & <b>nobody</b> else\n")
                        .status())
                .isEqualTo(200);
        assertThat(ann.call(
                                "PUT",
                                path + "/chapters",
                                Map.of("chapters", List.of(Map.of("seconds", 5, "title", "The <heron> comes"))))
                        .status())
                .isEqualTo(200);

        browser.open(platform.url() + "/#/watch/" + path.substring("/videos/".length()));
        browser.await(
                "[...document.querySelector('video')?.textTracks ?? []].some(track => track.label === 'English')",
                Duration.ofSeconds(30));
        browser.run("document.querySelector('[data-testid=transcript-panel] summary').click()");
        browser.await(places("transcript") + ".length === 2", Duration.ofSeconds(10));
        browser.fill("transcript-search", "HERON");
        browser.await(places("transcript") + ".length === 1", Duration.ofSeconds(10));
        assertThat(browser.text("transcript")).endsWith("A heron & nobody else");
        browser.run(places("transcript") + "[0].click()");
        browser.await(player("currentTime >= 8"), Duration.ofSeconds(20));

        assertThat(browser.text("chapters")).endsWith("The <heron> comes");
        browser.run(places("chapters") + "[0].click()");
        browser.await(player("currentTime >= 5") + " && " + player("currentTime < 8"), Duration.ofSeconds(20));
        browser.screenshot("09-transcript");
        browser.assertNoComplaints();
    }

    @Test
    void letsTheOwnerWriteChaptersWhichDivideTheBar(PlatformProcess platform) {
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 12, "320x180"), "In three parts", "To be divided.");
        String path =
                "/videos/" + ann.await("In three parts", "ready").path("id").asInt();
        assertThat(ann.call(
                                "PUT",
                                path + "/chapters",
                                Map.of("chapters", List.of(Map.of("seconds", 1.5, "title", "The first"))))
                        .status())
                .isEqualTo(200);
        logIn();
        browser.run("location.hash = '#/watch/" + path.substring("/videos/".length()) + "'");
        browser.await(player("readyState > 2"), Duration.ofSeconds(30));
        browser.run("const video = document.querySelector('video'); video.pause(); video.currentTime = 7.4");

        browser.pressEnter("edit-video");
        browser.run("document.querySelector('[data-testid=chapters-panel] summary').focus()");
        browser.press(Keys.ENTER);
        browser.await(lines() + ".length === 1", Duration.ofSeconds(10));
        browser.pressEnter("chapter-add");
        browser.press("Fish & <chips>");
        browser.press(Keys.ENTER);
        browser.await(
                "document.getElementById('live').textContent === 'The chapters are kept'", Duration.ofSeconds(10));

        assertThat(chapters(ann, path)).containsExactly("1.5 The first", "7.0 Fish & <chips>");
        String segments =
                "document.querySelector('media-time-range').shadowRoot.querySelectorAll('#segments-clipping rect')";
        browser.await(segments + ".length === 3", Duration.ofSeconds(10));
        browser.screenshot("09-chapters");
        browser.run(lines() + "[1].querySelector('[data-testid=chapter-time]').value = 'soon'");
        browser.pressEnter("chapters-save");
        browser.awaitText("chapters-trouble", "Say when each chapter begins, such as 1:30.");
        browser.likeAPhone();
        browser.await("document.documentElement.scrollWidth <= 390", Duration.ofSeconds(10));
        browser.screenshot("09-chapters-phone");
        browser.likeADesk();
        browser.run(lines() + "[1].querySelector('[data-testid=chapter-here]').click()");
        browser.pressEnter("chapter-delete");
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("chapter-delete");
        browser.pressEnter("chapters-save");
        browser.await(segments + ".length === 2", Duration.ofSeconds(10));
        assertThat(chapters(ann, path)).containsExactly("7.0 Fish & <chips>");

        browser.pressEnter("edit-cancel");
        assertThat(browser.text("chapters")).endsWith("Fish & <chips>");
        browser.assertNoComplaints();
    }

    @Test
    void letsViewersDownloadWhatTheOwnerAllows(PlatformProcess platform) {
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 3, "320x180"), "To take along", "Made of pixels.");
        int id = ann.await("To take along", "ready").path("id").asInt();
        logIn();
        browser.run("location.hash = '#/watch/" + id + "'");
        browser.await(player("readyState > 2"), Duration.ofSeconds(30));
        browser.run("document.querySelector('video').pause()");
        assertThat(browser.run("return document.querySelector('[data-testid=downloads]')"))
                .isNull();

        browser.pressEnter("edit-video");
        browser.select("edit-downloads", "An MP4 file of each quality, and the file that was uploaded");
        browser.click("edit-form-submit");
        String summary = "document.querySelector('[data-testid=downloads] summary')";
        browser.await(summary, Duration.ofSeconds(10));
        org.awaitility.Awaitility.await("the files")
                .atMost(Duration.ofSeconds(30))
                .until(() -> ann.get("/videos/" + id)
                                .data()
                                .at("/video/download_files")
                                .size()
                        > 0);
        browser.run(summary + ".focus()");
        browser.press(Keys.ENTER);

        browser.awaitText("downloads", "180p (320 × 180, MP4)");
        browser.awaitText("downloads", "The file that was uploaded");
        browser.screenshot("09-downloads");
        assertThat((String) browser.run("return document.querySelector('[data-testid=download-180p]').href"))
                .contains("/downloads/180p.mp4?Expires=");
        browser.assertNoComplaints();
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    private static String lines() {
        return "document.querySelectorAll('[data-testid=chapter-lines] > li')";
    }

    private static List<String> chapters(Client client, String path) {
        List<String> chapters = new ArrayList<>();
        client.get(path + "/chapters")
                .data()
                .path("chapters")
                .forEach(each -> chapters.add(each.path("seconds").asDouble() + " "
                        + each.path("title").asText()));
        return chapters;
    }

    private static String places(String testid) {
        return "document.querySelectorAll('[data-testid=" + testid + "] .place')";
    }

    @Test
    void showsOnesOwnVideosInEveryState(PlatformProcess platform) {
        byte[] whole = Clips.video(platform, 3, "320x180");
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(whole, "Fine", "All of it.");
        ann.upload(Arrays.copyOf(whole, whole.length / 2), "Cut off", "Half of it.");
        ann.await("Cut off", "failed");
        byte[] longer = Clips.video(platform, 20, "1280x720");

        logIn();
        ann.upload(longer, "Long", "Takes a while.");
        ann.awaitAny("Long", "encoding", "playable");
        browser.click("nav-mine");
        browser.await(
                row("Long")
                        + "?.matches(':is([data-state=encoding], [data-state=playable]):has([data-testid=encode-progress])')",
                ENCODED);
        browser.screenshot("06-mine");

        assertThat(browser.run("return " + row("Fine") + ".dataset.state")).isEqualTo("ready");
        assertThat(browser.run("return " + row("Cut off") + ".dataset.state")).isEqualTo("failed");
        assertThat(browser.text("failure")).endsWith(".").hasSizeGreaterThan(15);
        assertThat(browser.text("mine-total")).isEqualTo("3 videos");
        browser.await(row("Long") + ".dataset.state === 'ready'", ENCODED);
        browser.await(row("Long") + ".querySelector('img')?.naturalWidth > 0", Duration.ofSeconds(20));
        browser.screenshot("07-mine-ready");
        ann.upload(whole, "From elsewhere", "While the page was open.");
        browser.await(row("From elsewhere") + "?.dataset.state === 'ready'", ENCODED);

        browser.run(row("Cut off") + ".querySelector('[data-testid=video-link]').click()");
        browser.await("location.hash.startsWith('#/watch/')", Duration.ofSeconds(5));
        browser.see("stage");
        browser.see("failure");
        browser.screenshot("08-failed");
        browser.assertNoComplaints();
    }

    @Test
    void leavesNothingBehindAtLogOut(PlatformProcess platform) {
        register("Ann Leaving");
        String token = (String) browser.run("return JSON.parse(localStorage.getItem('caravan.session')).token");
        Client ann = Client.anonymous(platform).withToken(token);
        assertThat(ann.get("/auth/profile").status()).isEqualTo(200);
        browser.click("account-menu");
        browser.screenshot("09-menu");

        browser.click("logout");

        browser.see("nav-login");
        assertThat(browser.number("localStorage.length")).isZero();
        browser.run("location.hash = '#/mine'");
        browser.see("login-form");
        org.awaitility.Awaitility.await("the token is revoked")
                .untilAsserted(
                        () -> assertThat(ann.get("/auth/profile").status()).isEqualTo(401));
        browser.assertNoComplaints();
    }

    @Test
    void showsWhereOneIsLoggedInAndEndsASession(PlatformProcess platform) {
        browser.likeAPhone();
        Client elsewhere = Client.register(platform, email, PASSWORD);
        logIn();
        browser.run("location.hash = '#/profile'");
        browser.await("document.querySelectorAll('[data-testid=session]').length === 2", Duration.ofSeconds(10));
        assertThat(browser.all("session").get(0).getText()).contains("Chrome on Linux, 127.0.0.1", "This one");
        assertThat(browser.all("session").get(1).getText()).contains("Java-http-client");
        browser.screenshot("15-sessions");

        browser.click("end-session");

        browser.await("document.querySelectorAll('[data-testid=session]').length === 1", Duration.ofSeconds(10));
        assertThat(elsewhere.get("/auth/profile").status()).isEqualTo(401);
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        browser.assertNoComplaints();
    }

    @Test
    void changesTheEmailOfWhoKnowsThePassword(PlatformProcess platform) {
        browser.likeAPhone();
        register("Ann Moving");
        browser.run("location.hash = '#/profile'");
        String next = "moved-" + email;
        browser.fill("email-new", next);
        browser.fill("email-password", "wrong-words");
        browser.click("email-form-submit");
        browser.awaitText("email-password-error", "Current password is wrong.");
        browser.fill("email-password", PASSWORD);
        browser.click("email-form-submit");
        browser.awaitText("email-form-message", "Your email is changed. Log in with it from now on.");
        browser.screenshot("16-email");

        assertThat(Client.login(platform, next, PASSWORD).get("/auth/profile").status())
                .isEqualTo(200);
        assertThat(Client.anonymous(platform)
                        .post("/auth/login", Map.of("email", email, "password", PASSWORD))
                        .status())
                .isEqualTo(401);
        assertThat(browser.complaints()).allMatch(line -> line.contains("400"));
    }

    @Test
    void deletesOnesAccountWithAllThatItOwns(PlatformProcess platform) {
        browser.likeAPhone();
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 1, "320x180"), "Going with it", "Soon.");
        int video = ann.await("Going with it", "ready").path("id").asInt();
        ann.post("/videos/upload/presigned-url", null);
        logIn();
        browser.run("location.hash = '#/profile'");
        browser.fill("delete-password", PASSWORD);
        browser.run("window.confirm = () => true");
        browser.click("delete-form-submit");

        browser.awaitText("deletion-state", "What it owned is being deleted.");
        browser.see("nav-login");
        assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
        browser.await(
                "document.querySelector('[data-testid=deletion-state]').innerText.startsWith('Nothing of it was left')",
                ENCODED);
        assertThat(browser.text("deletion-numbers")).contains("Videos deleted: 1", "Uploads ended: 1");
        assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
        browser.screenshot("17-deleted");
        assertThat(Client.anonymous(platform).get("/videos/" + video).status()).isEqualTo(404);
        String receipt = ((String) browser.run("return location.hash")).replace("#/deleted/", "");
        assertThat(Client.admin(platform).get("/deletions").data().path("deletions"))
                .anyMatch(deletion -> deletion.path("id").asText().equals(receipt)
                        && deletion.path("completed_at").isTextual());
        browser.assertNoComplaints();
    }

    @Test
    void saysWhatIsWrongBesideTheField() {
        browser.click("nav-login");
        browser.click("to-register");
        browser.fill("register-name", "Al");
        browser.fill("register-email", "nowhere");
        browser.fill("register-password", PASSWORD);
        browser.click("register-form-submit");

        browser.awaitText("register-name-error", "Name must be at least 3 characters.");
        browser.awaitText("register-email-error", "Email must be an email.");
        assertThat(browser.all("register-password-error").get(0).getText()).isEmpty();
        browser.screenshot("10-field-errors");

        browser.click("to-login");
        browser.fill("login-email", email);
        browser.fill("login-password", "wrong-words");
        browser.click("login-form-submit");
        browser.awaitText("login-form-message", ".");
        browser.screenshot("11-wrong-password");
        assertThat(browser.complaints()).allMatch(line -> line.contains("400") || line.contains("401"));
    }

    @Test
    void editsHidesGivesAndThrowsAwayOnesOwnVideo(PlatformProcess platform) {
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 3, "320x180"), "Befroe", "A description.");
        int id = ann.await("Befroe", "ready").path("id").asInt();
        logIn();
        browser.click("nav-mine");

        browser.click("edit-video");
        browser.fill("edit-title", "Before");
        browser.fill("edit-tags", "dog, park");
        browser.select("edit-visibility", "Private: You, administrators, and who has a link from you");
        browser.screenshot("15-edit");
        browser.click("edit-form-submit");
        browser.awaitText("video-title", "Before");
        browser.awaitText("visibility", "Private");
        browser.awaitText("tags", "park");
        assertThat(Client.anonymous(platform).get("/videos/" + id).status()).isEqualTo(404);

        browser.run("document.querySelector('[data-testid=links-panel] summary').click()");
        browser.click("create-link");
        browser.await("document.querySelector('[data-testid=made-link]')", Duration.ofSeconds(10));
        browser.screenshot("16-link");
        String link = (String) browser.run("return document.querySelector('[data-testid=made-link]').value");
        browser.click("account-menu");
        browser.click("logout");
        browser.see("nav-login");
        browser.run("location.href = arguments[0]", link);
        browser.await(player("currentTime > 0"), Duration.ofSeconds(30));
        browser.awaitText("video-title", "Before");

        logIn();
        browser.click("nav-mine");
        browser.click("delete-video");
        browser.click("undo-delete");
        browser.awaitText("my-video", "Before");
        browser.click("choose-video");
        browser.click("bulk-trash");
        browser.select("mine-trashed", "Trash");
        browser.see("restorable-until");
        browser.screenshot("17-trash");
        browser.click("restore-video");
        browser.select("mine-trashed", "Videos");
        browser.awaitText("my-video", "Before");
        browser.assertNoComplaints();
    }

    @Test
    void findsVideosByWords(PlatformProcess platform) {
        Client ann = Client.register(platform, email, PASSWORD);
        ann.upload(Clips.video(platform, 2, "320x180"), "Zebras at noon", "In the grass.");
        ann.await("Zebras at noon", "ready");
        ann.upload(Clips.video(platform, 2, "320x180"), "At the water", "Two zebras.");
        ann.await("At the water", "ready");
        platform.awaitLine("Watch it: ");

        browser.fill("search-text", "zebra");
        browser.click("search-go");

        browser.awaitText("browse-total", "2 videos");
        assertThat(browser.all("video-card")).hasSize(2);
        browser.awaitText("video-card", "Zebras at noon");
        browser.await(
                "document.querySelector('[data-testid=video-card] img')?.naturalWidth > 0", Duration.ofSeconds(20));
        browser.screenshot("12-found");
        browser.click("sort-newest");
        browser.awaitText("video-card", "At the water");
        browser.fill("search-text", "no such thing");
        browser.click("search-go");
        browser.awaitText("notice", "Nothing was found");

        browser.click("home");
        browser.await("document.querySelectorAll('[data-testid=video-card]').length > 1", Duration.ofSeconds(20));
        browser.screenshot("01-home");
        browser.click("video-link");
        browser.await(player("currentTime > 0"), Duration.ofSeconds(30));
        browser.assertNoComplaints();
    }

    @Test
    void fitsAPhoneAndTheDark(PlatformProcess platform) {
        browser.likeAPhone();
        browser.inTheDark();
        register("Ann Phone");
        for (String page : List.of("", "upload", "mine", "profile")) {
            browser.run("location.hash = arguments[0]", "#/" + page);
            browser.await("document.querySelector('main h1')", Duration.ofSeconds(10));
            browser.await("!document.querySelector('.spinner, .skeleton')", Duration.ofSeconds(10));
            browser.screenshot("13-phone-" + (page.isEmpty() ? "home" : page));
            assertThat(browser.number("document.documentElement.scrollWidth"))
                    .as("width of #/%s", page)
                    .isLessThanOrEqualTo(390);
        }
        browser.assertNoComplaints();
    }

    @Test
    void showsTheApi(PlatformProcess platform) {
        browser.open(platform.url() + "/docs");

        browser.await("document.body.innerText.includes('/videos/upload/presigned-url')", Duration.ofSeconds(20));
        browser.await("document.querySelector('.servers select')?.value === '/'", Duration.ofSeconds(5));
        browser.screenshot("14-docs");
        browser.assertNoComplaints();
    }

    private void register(String name) {
        browser.click("nav-login");
        browser.click("to-register");
        browser.fill("register-name", name);
        browser.fill("register-email", email);
        browser.fill("register-password", PASSWORD);
        browser.screenshot("02-register");
        browser.click("register-form-submit");
        browser.see("account-menu");
    }

    private void logIn() {
        browser.click("nav-login");
        browser.fill("login-email", email);
        browser.fill("login-password", PASSWORD);
        browser.click("login-form-submit");
        browser.see("account-menu");
    }

    /** Over a line that takes some seconds, so that there is something to see. */
    private void upload(byte[] video, String name, byte[] thumbnail) throws IOException {
        browser.click("nav-upload");
        browser.see("quota");
        browser.run(NOTE_PROGRESS);
        browser.limitUpload(video.length / 5);
        browser.choose("upload-video", Files.write(folder.resolve(name), video));
        browser.see("upload-about");
        browser.choose("upload-thumbnail", Files.write(folder.resolve("thumbnail.jpg"), thumbnail));
        browser.fill("upload-description", "Waves & <b>wind</b>.");
        browser.click("upload-save");
        browser.await("noted['upload-progress-1'].at(-1) > 20", Duration.ofSeconds(20));
        browser.screenshot("03-uploading");
        browser.await("noted['upload-encoding-1'].at(-1) > 0", ENCODED);
        browser.screenshot("03-encoding");
    }

    @SuppressWarnings("unchecked")
    private List<Double> noted(String bar) {
        return ((List<Number>) browser.run("return noted[arguments[0]]", bar))
                .stream().map(Number::doubleValue).toList();
    }

    private void chooseQuality(String quality) {
        browser.run("document.querySelector('[data-testid=player-settings]').focus()");
        PlayerMenu.choose(browser, "quality-menu", quality);
        browser.await(player("videoHeight === " + quality.replace("p", "")), Duration.ofSeconds(30));
    }

    private static String player(String property) {
        return "document.querySelector('[data-testid=player]')?." + property;
    }

    private static String row(String title) {
        return "[...document.querySelectorAll('[data-testid=my-video]')].find(row => row.querySelector('h2').textContent === '"
                + title + "')";
    }
}
