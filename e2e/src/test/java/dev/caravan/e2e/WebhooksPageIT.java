package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** What a person does with webhooks on the web page. */
@Needs(Needs.Need.BROWSER)
@ExtendWith(SharedPlatform.class)
class WebhooksPageIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration ENCODED = Duration.ofSeconds(120);
    private static final String PASSWORD = "secret-words";
    private static final String COMPLAINT = "<b>Out of order</b> & closed";

    private final String email = "hook-" + UUID.randomUUID() + "@example.org";
    private Client ann;
    private Browser browser;
    private HttpServer receiver;
    private String target;
    private volatile int answer = 204;

    @BeforeEach
    void open(PlatformProcess platform) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        target = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        ann = Client.register(platform, email, PASSWORD);
        browser = new Browser();
        logIn(platform, email, PASSWORD);
    }

    @AfterEach
    void close() {
        browser.close();
        receiver.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = answer == 204 ? new byte[0] : COMPLAINT.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void addsAWebhookByKeyboardAloneAndShowsItsSecretOnce() {
        browser.awaitText("notice", "You have no webhooks yet.");
        assertThat(browser.all("webhook-everybody")).isEmpty();
        browser.run("document.querySelector('[data-testid=webhook-url]').focus()");
        browser.press(target, Keys.TAB, "Our catalogue", Keys.TAB, Keys.SPACE, Keys.ENTER);

        browser.awaitText("webhooks", target);
        String secret = (String) browser.await("document.querySelector('[data-testid=webhook-secret]')?.value", SOON);
        assertThat(secret).startsWith("whsec_");
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("webhook-secret");
        JsonNode webhook = ann.get("/webhooks").data().path("webhooks").path(0);
        assertThat(webhook.path("description").asText()).isEqualTo("Our catalogue");
        assertThat(webhook.at("/types/0").asText()).isEqualTo("video.uploaded");
        browser.screenshot("70-webhook-secret");

        browser.run("window.confirm = () => true");
        browser.pressEnter("renew-secret");
        browser.await("document.querySelector('[data-testid=webhook-secret]').value !== '" + secret + "'", SOON);

        browser.run("location.reload()");
        browser.awaitText("webhooks", target);
        assertThat(browser.all("webhook-secret")).isEmpty();
        browser.assertNoComplaints();
    }

    @Test
    void saysAtTheirFieldsWhatCanNotBe() {
        browser.see("notice");
        browser.fill("webhook-url", "ftp://example.com/hook");
        browser.pressEnter("webhook-form-submit");
        browser.awaitText("webhook-url-error", "Url is refused: Only http and https are asked.");
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("webhook-url");

        String webhook = add(Map.of("url", target));
        browser.run("location.hash = '#/webhooks/" + webhook + "'");
        browser.pressEnter("replay-form-submit");
        browser.await("document.querySelector('[data-testid=replay-since-error]')?.textContent", SOON);
        browser.screenshot("71-replay-since-error");
        assertThat(browser.complaints()).isNotEmpty().allMatch(line -> line.contains("400"));
    }

    @Test
    void showsInTheLogWhatTheServerAnsweredAndSendsItOnceMore() {
        String webhook = add(Map.of("url", target));
        browser.run("location.reload()");
        browser.pressEnter("test-webhook");
        browser.pressEnter("see-log");
        browser.awaitText("log-url", target);
        browser.awaitText("delivery", "webhook.test");
        browser.await(state(0, "delivered"), SOON);
        browser.await("document.querySelector('[data-testid=delivery]').innerText.includes('answered 204')", SOON);

        answer = 500;
        assertThat(ann.post("/webhooks/" + webhook + "/test", null).status()).isEqualTo(202);
        browser.run("location.reload()");
        // The second try comes within seconds, the next one in minutes: from then on nothing is sent that nobody asks
        // for.
        browser.awaitText("delivery-attempts", "2 attempts, the last: the server answered 500");
        assertThat(browser.text("delivery-state")).isEqualTo("Waiting");
        assertThat(browser.text("delivery-next")).contains("next on");
        browser.run("document.querySelector('[data-testid=delivery-attempts] summary').focus()");
        browser.press(Keys.ENTER);
        browser.awaitText("attempt-answer", COMPLAINT);
        assertThat(browser.number("document.querySelectorAll('[data-testid=deliveries] b').length"))
                .isZero();
        browser.run("scrollTo(0, 0)");
        browser.screenshot("72-webhook-log");

        answer = 200;
        browser.pressEnter("resend");
        browser.await(state(0, "delivered"), SOON);
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("resend");
        assertThat(browser.number("document.querySelectorAll('details[open] [data-testid=attempt]').length"))
                .isEqualTo(3);
        assertThat(ann.get("/webhooks/" + webhook + "/deliveries?state=delivered")
                        .data()
                        .path("deliveries"))
                .hasSize(2);

        browser.pressEnter("deliveries-failed");
        browser.awaitText("notice", "There is nothing of that kind.");
        browser.assertNoComplaints();
    }

    @Test
    void saysThatAServerFailsPausesItsWebhookAndDeletesIt() {
        answer = 500;
        String webhook = add(Map.of("url", target, "description", "Down at the moment"));
        ann.post("/webhooks/" + webhook + "/test", null);
        Awaitility.await().atMost(SOON).until(() -> ann.get("/webhooks")
                .data()
                .at("/webhooks/0/failing_since")
                .isTextual());
        browser.run("location.reload()");
        browser.awaitText("webhook-why", "The server has taken nothing since");

        browser.pressEnter("turn-webhook");
        browser.awaitText("webhook-state", "Paused");
        assertThat(browser.all("test-webhook")).isEmpty();
        assertThat(browser.run("return document.activeElement.dataset.testid")).isEqualTo("turn-webhook");
        browser.pressEnter("webhook-log");
        browser.awaitText("delivery-next", "as soon as the webhook is enabled");
        browser.screenshot("73-paused-log");
        browser.pressEnter("back");
        browser.pressEnter("turn-webhook");
        browser.awaitText("webhook-state", "Enabled");

        browser.run("window.confirm = () => true");
        browser.pressEnter("delete-webhook");
        browser.awaitText("notice", "You have no webhooks yet.");
        assertThat(ann.get("/webhooks").data().path("webhooks")).isEmpty();
        browser.run("location.hash = '#/webhooks/" + webhook + "'");
        browser.awaitText("notice", "There is no such webhook.");
        browser.assertNoComplaints();
    }

    @Test
    void saysWhyThePlatformHasDisabledIt() {
        answer = 410;
        String webhook = add(Map.of("url", target));
        ann.post("/webhooks/" + webhook + "/test", null);
        Awaitility.await().atMost(SOON).until(() -> ann.get("/webhooks")
                .data()
                .at("/webhooks/0/disabled_reason")
                .isTextual());
        browser.run("location.reload()");
        browser.awaitText("webhook-state", "Disabled");
        browser.awaitText("webhook-why", "Disabled by the platform. The server answered 410");
        browser.screenshot("74-disabled-webhook");
        browser.pressEnter("turn-webhook");
        browser.awaitText("webhook-state", "Enabled");
        browser.assertNoComplaints();
    }

    @Test
    void sendsATimeOnceMoreWithTheVideosThatItIsAbout(PlatformProcess platform) {
        ann.upload(Clips.video(platform, 2, "320x180"), "From before", "Nobody was told of it.");
        int video = ann.await("From before", "ready").path("id").asInt();
        String webhook = add(Map.of("url", target, "types", List.of("video.uploaded", "video.ready")));
        browser.run("location.hash = '#/webhooks/" + webhook + "'");
        browser.awaitText("notice", "Nothing was sent yet.");

        browser.see("replay-since");
        browser.run("document.querySelector('[data-testid=replay-since]').value = '2026-01-01T00:00'");
        browser.pressEnter("replay-form-submit");

        browser.awaitText("replay-form-message", "On the way once more: 2 events.");
        browser.await(state(0, "delivered") + " && " + state(1, "delivered"), SOON);
        browser.run("scrollTo(0, 0)");
        browser.screenshot("75-replayed");
        browser.pressEnter("delivery-video");
        browser.await("location.hash === '#/watch/" + video + "'", SOON);
        browser.assertNoComplaints();
    }

    @Test
    void showsMoreOfALongLog() {
        String webhook = add(Map.of("url", target));
        for (int i = 0; i < 25; i++) {
            assertThat(ann.post("/webhooks/" + webhook + "/test", null).status())
                    .isEqualTo(202);
        }
        browser.run("location.hash = '#/webhooks/" + webhook + "'");
        browser.await(deliveries() + ".length === 20", SOON);

        browser.pressEnter("deliveries-more");

        browser.await(deliveries() + ".length === 25", SOON);
        browser.await("!document.querySelector('[data-testid=deliveries-more]').checkVisibility()", SOON);
        browser.await(deliveries() + ".every(row => row.dataset.state === 'delivered')", ENCODED);
        browser.assertNoComplaints();
    }

    @Test
    void offersAdministratorsWhatHappensToEverybodysVideos(PlatformProcess platform) {
        browser.click("account-menu");
        browser.click("logout");
        logIn(platform, Client.ADMIN_EMAIL, platform.adminPassword());
        browser.fill("webhook-url", target);
        browser.run("document.querySelector('[data-testid=webhook-type-dead_letter-kept]').click()");
        browser.run("document.querySelector('[data-testid=webhook-everybody]').click()");
        browser.select("webhook-format", "CloudEvents");
        browser.pressEnter("webhook-form-submit");

        browser.awaitText("webhooks", "dead_letter.kept, of everybody’s videos");
        browser.awaitText("webhooks", "CloudEvents");
        browser.run("window.confirm = () => true");
        browser.pressEnter("delete-webhook");
        browser.await("!document.querySelector('[data-testid=webhook]')", SOON);
        browser.assertNoComplaints();
    }

    @Test
    void fitsEveryScreenByDayAndByNight() {
        answer = 500;
        String webhook =
                add(Map.of("url", target + "/" + "long-".repeat(30), "types", List.of("video.ready", "video.failed")));
        ann.post("/webhooks/" + webhook + "/test", null);
        browser.run("window.confirm = () => true");
        for (String device : List.of("desk", "phone")) {
            if (device.equals("phone")) {
                browser.likeAPhone();
                browser.click("account-menu");
                browser.screenshot("79-account-menu");
                browser.click("nav-webhooks");
            } else {
                browser.run("location.hash = '#/profile'");
                browser.pressEnter("to-webhooks");
            }
            browser.awaitText("webhooks", "video.ready, video.failed");
            browser.pressEnter("renew-secret");
            browser.see("webhook-secret");
            looks("80-webhooks-" + device);
            browser.pressEnter("webhook-log");
            browser.awaitText("delivery-attempts", "answered 500");
            browser.run("document.querySelector('[data-testid=delivery-attempts]').open = true");
            looks("81-webhook-log-" + device);
        }
        browser.assertNoComplaints();
    }

    private void looks(String name) {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(Map.of("prefers-color-scheme", scheme));
            // Nothing is partly under the bar.
            browser.run("document.activeElement.blur(); scrollTo(0, 0)");
            assertThat(browser.accessibilityFaults()).as(name + ", " + scheme).isEmpty();
            browser.screenshot(name + "-" + scheme);
            browser.run("scrollTo(0, document.body.scrollHeight)");
            browser.screenshot(name + "-" + scheme + "-below");
            assertThat(browser.number("document.documentElement.scrollWidth - innerWidth"))
                    .isLessThanOrEqualTo(0);
        }
    }

    private void logIn(PlatformProcess platform, String address, String password) {
        browser.open(platform.url() + "/#/login?next=/webhooks");
        browser.fill("login-email", address);
        browser.fill("login-password", password);
        browser.click("login-form-submit");
        browser.see("webhook-form");
    }

    /** @return its id */
    private String add(Map<String, Object> webhook) {
        Client.Answer added = ann.post("/webhooks", webhook);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        return added.data().at("/webhook/id").asText();
    }

    private static String state(int row, String state) {
        return deliveries() + "[" + row + "]?.dataset.state === '" + state + "'";
    }

    private static String deliveries() {
        return "[...document.querySelectorAll('[data-testid=delivery]')]";
    }
}
