package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does on the web page. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class OperatorIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void mendsAMessageReplaysItAndSeesWhyAVideoFailed(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        byte[] clip = Clips.video(platform, 2, "320x180");
        ann.upload(Arrays.copyOf(clip, clip.length / 2), "Beyond repair", "Half of it.");
        JsonNode presigned = ann.post("/videos/upload/presigned-url", null).data();
        Client.put(presigned.path("video_url").asText(), clip);
        ObjectNode message = announcement(ann, presigned, "Mended by hand");
        ObjectNode broken = message.deepCopy();
        ((ObjectNode) broken.path("data")).remove("user_id");
        send(platform, "EncodeService", broken.toString());
        int failed = ann.await("Beyond repair", "failed").path("id").asInt();

        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/");
            logIn(browser, platform);
            browser.click("account-menu");
            browser.click("nav-operator");

            String video = "document.querySelector('[data-testid=failed-video][data-id=\"" + failed + "\"]')";
            browser.await(video + "?.innerText.includes('Beyond repair')", SOON);
            browser.run(video + ".querySelector('summary').click()");
            browser.await(video + ".querySelector('[data-testid=attempts]').innerText.includes('refused')", SOON);
            String id = message.at("/data/video_id").asText();
            String letter = "[...document.querySelectorAll('[data-testid=dead-letter]')]"
                    + ".find(row => row.innerText.includes('" + id + "'))";
            browser.await(letter, SOON);
            browser.screenshot("15-operator");

            browser.run(letter + ".querySelector('[data-testid=dead-letter-link]').click()");
            browser.awaitText("letter-queue", "EncodeService");
            browser.awaitText("letter-error", "user_id");
            browser.run("document.getElementById('letter-body').value = arguments[0]", message.toString());
            browser.screenshot("16-dead-letter");
            browser.click("letter-form-submit");
            browser.awaitText("letter-state", "edited");
            browser.click("letter-replay");
            browser.awaitText("letter-done", "in its queue again");
            browser.awaitText("letter-state", "replayed");
            browser.click("to-operator");
            browser.click("dead-letters-replayed");
            browser.await(letter, SOON);

            browser.await(video, SOON);
            browser.run(video + ".querySelector('[data-testid=reencode]').click()");
            browser.await(video + ".querySelector('[data-testid=reencoded]')", SOON);
            browser.assertNoComplaints();
        }

        ann.await("Mended by hand", "ready");
    }

    @Test
    void hasAVideoEncodedBeforeOthers(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        Client admin = Client.admin(platform);

        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/");
            logIn(browser, platform);
            browser.run("location.hash = '#/operator'");
            browser.see("priority-form");
            ann.upload(Clips.video(platform, 30, "854x480"), "Breaking news", "Nobody wants it tomorrow.");
            int id = await("the catalogue knows it")
                    .atMost(SOON)
                    .until(
                            () -> ann.get("/videos/mine")
                                    .data()
                                    .at("/videos/0/id")
                                    .asInt(),
                            number -> number > 0);
            String path = "/videos/" + id;
            await("its encoding is known")
                    .atMost(SOON)
                    .until(() -> admin.get(path + "/encoding").status() == 200);

            browser.fill("priority-number", Integer.toString(id));
            browser.fill("priority", "80");
            browser.click("priority-form-submit");

            browser.awaitText("priority-form-message", "has the priority 80");
            assertThat(admin.get(path + "/encoding")
                            .data()
                            .at("/encoding/priority")
                            .asInt())
                    .isEqualTo(80);
            browser.assertNoComplaints();
            assertThat(ann.post(path + "/cancel", null).status()).isEqualTo(200);
        }
    }

    @Test
    void blocksAUserAndLetsHimInAgain(PlatformProcess platform) throws Exception {
        String email = "blocked-" + java.util.UUID.randomUUID() + "@example.org";
        Client ann = Client.register(platform, email, "secret-words");
        int id = ann.get("/auth/profile").data().at("/user/id").asInt();
        JsonNode begun = ann.post("/videos/upload/presigned-url", null).data();

        try (Browser browser = new Browser()) {
            browser.likeAPhone();
            browser.open(platform.url() + "/");
            logIn(browser, platform);
            browser.run("location.hash = '#/operator'");
            browser.fill("users-search", email.toUpperCase(java.util.Locale.ROOT));
            browser.click("users-find");
            String row = "document.querySelector('[data-testid=user][data-id=\"" + id + "\"]')";
            browser.await(row + " && document.querySelectorAll('[data-testid=user]').length === 1", SOON);
            browser.run("window.confirm = () => true");
            browser.click("block-user");
            browser.see("user-blocked");
            browser.screenshot("17-blocked");
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);

            assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
            assertThat(ann.announce(begun, "Too late", "No.").status()).isEqualTo(401);
            Client.Answer login =
                    Client.anonymous(platform).post("/auth/login", Map.of("email", email, "password", "secret-words"));
            assertThat(login.status()).isEqualTo(403);
            assertThat(login.json().path("detail").asText()).startsWith("Your account is blocked.");
            assertThat(Client.anonymous(platform)
                            .post("/auth/login", Map.of("email", email, "password", "wrong-words"))
                            .status())
                    .isEqualTo(401);

            browser.click("unblock-user");
            browser.see("block-user");
            browser.assertNoComplaints();
        }

        Client again = Client.login(platform, email, "secret-words");
        assertThat(again.announce(begun, "Too late", "No.").status()).isEqualTo(404);
        assertThat(ann.get("/auth/profile").status()).isEqualTo(401);
    }

    @Test
    void allowsAUserLessThanEverybodyWhoLearnsItBeforeTheFirstByte(PlatformProcess platform) throws Exception {
        String email = "frugal-" + java.util.UUID.randomUUID() + "@example.org";
        Client ann = Client.register(platform, email, "secret-words");
        int id = ann.get("/auth/profile").data().at("/user/id").asInt();
        assertThat(ann.call("PUT", "/users/" + id + "/quota", Map.of()).status())
                .isEqualTo(403);

        try (Browser browser = new Browser()) {
            browser.likeAPhone();
            browser.open(platform.url() + "/");
            logIn(browser, platform);
            browser.run("location.hash = '#/operator'");
            browser.fill("users-search", email);
            browser.click("users-find");
            browser.await("document.querySelectorAll('[data-testid=user]').length === 1", SOON);
            browser.run("document.querySelector('[data-testid=user-quota] summary').click()");
            browser.fill("quota-max_bytes", "0.001");
            browser.fill("quota-max_videos", "3");
            browser.click("quota-form-" + id + "-submit");
            browser.awaitText("quota-form-" + id + "-message", "is set");
            browser.screenshot("18-quota");
            assertThat(browser.number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(390);
            browser.assertNoComplaints();
        }

        JsonNode allowed = ann.get("/auth/quota").data().at("/quota/allowed");
        assertThat(allowed.path("max_bytes").asLong()).isEqualTo(1_000_000);
        assertThat(allowed.path("max_videos").asInt()).isEqualTo(3);
        Client.Answer refused = ann.post("/videos/upload/presigned-url?size=1000001", null);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().path("type").asText()).isEqualTo("urn:caravan:problem:quota-exceeded");
        assertThat(ann.post("/videos/upload/presigned-url?size=1000000", null).status())
                .isEqualTo(200);

        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/");
            logIn(browser, email, "secret-words");
            browser.run("location.hash = '#/profile'");
            browser.awaitText("quota", "1 MB");
            Path picture = Files.createTempFile("portrait", ".png");
            javax.imageio.ImageIO.write(
                    new java.awt.image.BufferedImage(400, 300, java.awt.image.BufferedImage.TYPE_INT_RGB),
                    "png",
                    picture.toFile());
            browser.choose("avatar-file", picture);
            browser.see("avatar-remove");
            browser.await("document.querySelector('.portrait .avatar img')?.naturalWidth === 256", SOON);
            browser.await("document.querySelector('header .avatar img')?.naturalWidth === 256", SOON);
            browser.screenshot("20-portrait");
            browser.run("location.hash = '#/upload'");
            browser.awaitText("quota", "0 of 3 videos");
            Path large = Files.write(Files.createTempFile("large", ".mp4"), new byte[1_000_001]);
            browser.choose("upload-video", large);
            browser.awaitText("upload-refused", "room for 1 MB");
            browser.screenshot("19-no-room");
            browser.assertNoComplaints();
        }
    }

    @Test
    void showsWhatSourcesHaveShownAndWhyAFileWasRefused(PlatformProcess platform) throws Exception {
        Client ann = Client.registered(platform);
        int owner = ann.get("/auth/profile").data().at("/user/id").asInt();
        assertThat(ann.get("/sources").status()).isEqualTo(403);
        String refused = "inbox/" + "a-very-long-name-without-an-end-".repeat(8) + ".txt";
        noteSourceFiles(platform, owner, refused);

        try (Browser browser = new Browser()) {
            browser.open(platform.url() + "/");
            logIn(browser, platform);
            browser.run("location.hash = '#/operator'");
            browser.await(sourceFiles() + ".length === 10", SOON);
            browser.pressEnter("sources-more");
            browser.await(sourceFiles() + ".length === 14", SOON);
            assertThat(browser.run("return document.activeElement.dataset.testid"))
                    .isEqualTo("sources-list");
            assertThat((String) browser.run("return " + sourceFiles() + "[12].innerText"))
                    .contains("inbox/waiting.mp4", "Importing 0 %", "There is no room left. It is tried again.");
            assertThat((String) browser.run("return " + sourceFiles() + "[0].innerText"))
                    .contains("inbox/1.mp4", "Uploaded", "connectors-inbox", "10 bytes", "user " + owner)
                    .doesNotContain("null");

            browser.select("sources-state", "Refused");
            browser.pressEnter("sources-show");
            browser.await(sourceFiles() + ".length === 1", SOON);
            assertThat((String) browser.run("return " + sourceFiles() + "[0].innerText"))
                    .contains(refused, "Refused", "The file is no video.")
                    .doesNotContain("tried again");
            for (String scheme : List.of("light", "dark")) {
                browser.prefer(Map.of("prefers-color-scheme", scheme));
                browser.likeADesk();
                browser.run("document.querySelector('[data-testid=sources]').scrollIntoView()");
                browser.screenshot("29-sources-" + scheme);
                browser.likeAPhone();
                browser.run(
                        "document.activeElement.blur(); document.querySelector('[data-testid=sources]').scrollIntoView()");
                browser.screenshot("29-sources-on-a-phone-" + scheme);
                browser.run("scrollTo(0, 0)");
                assertThat(browser.accessibilityFaults()).as(scheme).isEmpty();
                assertThat(browser.number("document.documentElement.scrollWidth - innerWidth"))
                        .isLessThanOrEqualTo(0);
            }
            browser.click("source-file-owner");
            browser.see("browse-heading");
            browser.assertNoComplaints();
        }
    }

    private static String sourceFiles() {
        return "document.querySelectorAll('[data-testid=source-file]')";
    }

    /** As if a source had shown twelve files that are uploaded, one before that has to wait, and one that was refused. */
    private static void noteSourceFiles(PlatformProcess platform, int owner, String refused) throws Exception {
        String line = platform.awaitLine("  PostgreSQL ").strip();
        String url = "jdbc:postgresql://" + line.substring(line.lastIndexOf(' ') + 1) + "/caravan_upload";
        String password =
                Files.readString(platform.data.resolve("postgresql/password")).strip();
        String insert = """
                insert into source_files (source, address, etag, video_id, user_id, title, size, refused, code, reason, created_at, ended_at)
                select 'connectors-inbox', ?, '1', %s, ?, 'A file', 10, %s, %s, now() - ? * interval '1 minute', %s""";
        try (java.sql.Connection database = DriverManager.getConnection(url, "caravan", password)) {
            // What the sources of other tests have shown on the same platform.
            try (PreparedStatement others = database.prepareStatement("delete from source_files")) {
                others.execute();
            }
            try (PreparedStatement uploaded =
                    database.prepareStatement(insert.formatted("gen_random_uuid()", "false", "null, null", "now()"))) {
                for (int i = 1; i <= 12; i++) {
                    insert(uploaded, "inbox/" + i + ".mp4", owner, i);
                }
            }
            try (PreparedStatement waiting = database.prepareStatement(insert.formatted(
                    "gen_random_uuid()", "false", "'QUOTA_EXCEEDED', 'There is no room left.'", "null"))) {
                insert(waiting, "inbox/waiting.mp4", owner, 13);
            }
            try (PreparedStatement last = database.prepareStatement(
                    insert.formatted("null", "true", "'NOT_VIDEO', 'The file is no video.'", "now()"))) {
                insert(last, refused, owner, 14);
            }
        }
    }

    private static void insert(PreparedStatement statement, String address, int owner, int minutes)
            throws SQLException {
        statement.setString(1, address);
        statement.setInt(2, owner);
        statement.setInt(3, minutes);
        statement.execute();
    }

    private static void logIn(Browser browser, String email, String password) {
        browser.click("nav-login");
        browser.fill("login-email", email);
        browser.fill("login-password", password);
        browser.click("login-form-submit");
        browser.see("account-menu");
    }

    private static void logIn(Browser browser, PlatformProcess platform) throws IOException {
        logIn(
                browser,
                "admin@caravan.example",
                Files.readString(platform.data.resolve("keys/admin-password")).strip());
    }

    private static ObjectNode announcement(Client owner, JsonNode presigned, String title) {
        ObjectNode message = Client.JSON.createObjectNode().put("key", "EncodeUploadedVideo");
        message.putObject("data")
                .put("video_id", presigned.path("video_id").asText())
                .put("thumbnail_id", presigned.path("thumbnail_id").asText())
                .put("title", title)
                .put("description", "Its announcement had a fault.")
                .put("published_at", Instant.now().toString())
                .put("user_id", owner.get("/auth/profile").data().at("/user/id").asInt());
        return message;
    }

    /** As a publisher of another make does, by the queue's name. */
    private static void send(PlatformProcess platform, String queue, String body) throws Exception {
        String line = platform.awaitLine("AMQP broker");
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
        factory.setUsername("caravan");
        factory.setPassword(
                Files.readString(platform.data.resolve("amqp/password")).strip());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    "", queue, true, MessageProperties.PERSISTENT_BASIC, body.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}
