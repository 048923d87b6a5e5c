package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.CreateWebhookRequest;
import dev.caravan.proto.videocatalog.CreateWebhookResponseData;
import dev.caravan.proto.videocatalog.DeleteMineRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.DeleteWebhookRequest;
import dev.caravan.proto.videocatalog.Delivery;
import dev.caravan.proto.videocatalog.DeliveryAttempt;
import dev.caravan.proto.videocatalog.FindDeliveriesRequest;
import dev.caravan.proto.videocatalog.FindDeliveriesResponseData;
import dev.caravan.proto.videocatalog.FindWebhooksRequest;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import dev.caravan.proto.videocatalog.ReplayEventsRequest;
import dev.caravan.proto.videocatalog.ResendDeliveryRequest;
import dev.caravan.proto.videocatalog.RotateWebhookSecretRequest;
import dev.caravan.proto.videocatalog.TestWebhookRequest;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.UpdateWebhookRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import dev.caravan.proto.videocatalog.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Servers of users are told what happens: video-catalog-create-webhook, -claim-deliveries, -deliver, -note-delivery, -take-resends,
 * -resend-again and the other routes of webhooks.
 */
class WebhooksIT extends CatalogTestBase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 4;
    /** Of a server that was away; 10,000 take a minute. */
    private static final int MISSED = Integer.getInteger("caravan.webhooks.missed", 2000);

    private static final String UNKNOWN = "WEBHOOK_UNKNOWN";

    private final int user = newUser();
    private WebhookServer server;

    @BeforeEach
    void listen() throws Exception {
        jdbc.update("DELETE FROM webhooks");
        server = new WebhookServer();
    }

    @AfterEach
    void close() {
        server.close();
        jdbc.update("DELETE FROM webhooks");
    }

    @Test
    void tellTheOwnerEachStepOfAVideoAndNobodyElse() throws Exception {
        try (WebhookServer stranger = new WebhookServer()) {
            create(as(newUser()), stranger.url());
            CreateWebhookResponseData made = create(as(user), server.url());
            Messages messages = Messages.about(user, "Told");
            publisher.publish("EncodeUploadedVideo", messages.uploaded());
            publisher.publish("VideoEncodingProgressed", messages.progressed(1, 10));
            awaitTypes("video.uploaded", "video.encoding");
            publisher.publish("VideoPlayable", messages.playable(1, 8000, false));
            awaitTypes("video.uploaded", "video.encoding", "video.playable");
            int id = ready(messages);
            as(user).update(UpdateRequest.newBuilder()
                    .setId(id)
                    .setTitle("Told anew")
                    .build());
            awaitTypes("video.uploaded", "video.encoding", "video.playable", "video.ready", "video.updated");
            as(user).delete(DeleteRequest.newBuilder().setId(id).build());
            await().atMost(PATIENCE).until(() -> server.types().size() == 6);
            as(user).delete(DeleteRequest.newBuilder()
                    .setId(id)
                    .setPermanently(true)
                    .build());
            await().atMost(PATIENCE).until(() -> server.types().contains("video.deleted"));

            Map<String, JsonNode> byType = new java.util.HashMap<>();
            for (WebhookServer.Told told : server.told) {
                assertThat(verified(told, made.getSecret())).as(told.type()).isTrue();
                assertThat(told.header("Content-Type")).isEqualTo("application/json");
                assertThat(told.faults()).as(told.type()).isEmpty();
                assertThat(told.header("User-Agent")).isEqualTo("Caravan");
                assertThat(Instant.parse(told.json().path("timestamp").asText().replace("+00:00", "Z")))
                        .isBefore(Instant.now().plusSeconds(5));
                byType.put(told.type(), told.json().path("data"));
            }
            assertThat(server.told.stream().map(told -> told.header("webhook-id")))
                    .doesNotHaveDuplicates()
                    .hasSize(7);
            JsonNode ready = byType.get("video.ready").path("video");
            assertThat(ready.path("video_id").asText()).isEqualTo(messages.videoId());
            assertThat(ready.path("id").asInt()).isEqualTo(id);
            assertThat(ready.path("title").asText()).isEqualTo("Told");
            assertThat(ready.path("state").asText()).isEqualTo("ready");
            assertThat(byType.get("video.playable").at("/video/playable_until").asDouble())
                    .isEqualTo(8.0);
            assertThat(byType.get("video.deleted").path("video").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactlyInAnyOrder("id", "video_id", "user_id");
            assertThat(byType.get("video.deleted").path("number").asLong())
                    .isGreaterThan(byType.get("video.ready").path("number").asLong());
            assertThat(stranger.told).isEmpty();
        }
    }

    @Test
    void tellWhyAVideoHasFailedAsCloudEventsHaveIt() throws Exception {
        as(user).createWebhook(CreateWebhookRequest.newBuilder()
                .setUrl(server.url())
                .setFormat("cloudevents")
                .addTypes("video.failed")
                .build());
        Messages messages = Messages.about(user, "Broken");
        publisher.publish("EncodeUploadedVideo", messages.uploaded());
        publisher.publish("VideoEncodingFailed", messages.failed(1, "There is no picture in it."));

        await().atMost(PATIENCE).until(() -> !server.told.isEmpty());
        JsonNode event = server.told.get(0).json();
        assertThat(server.types()).containsExactly("video.failed");
        assertThat(server.told.get(0).header("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isEqualTo(server.told.get(0).header("webhook-id"));
        assertThat(event.path("subject").asText()).isEqualTo(messages.videoId());
        assertThat(event.path("dataschema").asText()).isEqualTo("urn:caravan:event:video.failed:1");
        assertThat(event.at("/data/video/failure").asText()).isEqualTo("There is no picture in it.");
    }

    @Test
    void areToldAgainUntilTheyTakeItUnderTheSameIdAndWithALogOfEachTry() throws Exception {
        server.status = 500;
        server.answer = "Out of order\u0000 <b>";
        Webhook webhook = create(as(user), server.url()).getWebhook();
        test(webhook);
        await().atMost(PATIENCE).until(() -> server.told.size() >= 2);
        server.status = 200;

        Delivery delivery = awaitDelivery(webhook, "delivered");
        assertThat(server.told.stream().map(told -> told.header("webhook-id")).distinct())
                .containsExactly(delivery.getEventId());
        assertThat(delivery.getType()).isEqualTo("webhook.test");
        assertThat(delivery.hasNextAt()).isFalse();
        assertThat(delivery.getAttemptsList()).hasSize(server.told.size());
        assertThat(delivery.getAttempts(0).getStatus()).isEqualTo(200);
        DeliveryAttempt failed = delivery.getAttempts(delivery.getAttemptsCount() - 1);
        assertThat(failed.getStatus()).isEqualTo(500);
        assertThat(failed.getAnswer()).startsWith("Out of order").endsWith("<b>");
        assertThat(failed.hasError()).isFalse();
        await().atMost(PATIENCE).until(() -> !webhooks(as(user)).get(0).hasFailingSince());
    }

    @Test
    void areSentAsOftenAsTheScheduleSaysAndThenBecomeADeadLetterThatAnOperatorReplays() throws Exception {
        forgetLetters();
        server.status = 503;
        Webhook webhook = create(as(user), server.url()).getWebhook();
        test(webhook);

        dev.caravan.proto.videocatalog.DeadLetter letter = awaitLetter();
        assertThat(awaitDelivery(webhook, "failed").getAttemptsList()).hasSize(TRIES);
        assertThat(letter.getReason()).isEqualTo("WEBHOOK_EXHAUSTED");
        assertThat(letter.getError())
                .contains(webhook.getId(), "webhook.test", TRIES + " tries", "the server answered 503");
        assertThat(webhooks(as(user)).get(0).getFailingSince()).isNotEmpty();

        server.status = 204;
        admin().replayDeadLetter(ReplayDeadLetterRequest.newBuilder()
                .setId(letter.getId())
                .build());

        assertThat(awaitDelivery(webhook, "delivered").getAttemptsList()).hasSize(TRIES + 1);
        forgetLetters();
    }

    @Test
    void areNotAskedBeforeTheTimeThatTheServerSays() throws Exception {
        server.status = 429;
        server.headers = Map.of("Retry-After", "3600");
        Webhook webhook = create(as(user), server.url()).getWebhook();
        test(webhook);

        await().atMost(PATIENCE).until(() -> attempts(webhook) == 1);
        Delivery delivery = deliveries(webhook, "waiting").getDeliveries(0);
        assertThat(Instant.parse(delivery.getNextAt()))
                .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3700));

        server.status = 200;
        as(user).resendDelivery(ResendDeliveryRequest.newBuilder()
                .setId(webhook.getId())
                .setDeliveryId(delivery.getId())
                .build());
        awaitDelivery(webhook, "delivered");
    }

    @Test
    void areDisabledByAServerThatIsGoneAndTheOwnersOthersAreTold() throws Exception {
        try (WebhookServer other = new WebhookServer()) {
            server.status = 410;
            Webhook webhook = create(as(user), server.url()).getWebhook();
            create(as(user), other.url());
            test(webhook);

            await().atMost(PATIENCE).until(() -> other.types().equals(List.of("webhook.disabled")));
            assertThat(other.told.get(0).faults()).isEmpty();
            assertThat(server.told.get(0).faults()).as("webhook.test").isEmpty();
            assertThat(other.told.get(0).json().at("/data/webhook/id").asText()).isEqualTo(webhook.getId());
            Webhook disabled = webhooks(as(user)).get(0);
            assertThat(disabled.getEnabled()).isFalse();
            assertThat(disabled.getDisabledReason()).contains("410");
            assertThat(fault(() -> test(webhook)).reason()).isEqualTo("WEBHOOK_DISABLED");

            server.status = 204;
            Webhook enabled = enable(webhook, true);
            assertThat(enabled.getEnabled()).isTrue();
            assertThat(enabled.hasDisabledReason()).isFalse();
            test(webhook);
            awaitDelivery(webhook, "delivered");
        }
    }

    @Test
    void areDisabledAfterDaysWithoutAnAnswer() throws Exception {
        server.status = 500;
        Webhook webhook = create(as(user), server.url()).getWebhook();
        jdbc.update("UPDATE webhooks SET failing_since = now() - interval '6 days', failed_at = now()");
        test(webhook);

        await().atMost(PATIENCE).until(() -> !webhooks(as(user)).get(0).getEnabled());
        assertThat(webhooks(as(user)).get(0).getDisabledReason()).startsWith("The server has taken nothing since ");
        await().atMost(PATIENCE)
                .until(() -> jdbc.queryForObject(
                                "SELECT count(*) FROM events WHERE type = 'webhook.disabled' AND user_id = ?",
                                Integer.class,
                                user)
                        == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "301, false",
        "302, false",
        "307, false",
        "400, false",
        "199, false",
        "200, true",
        "202, true",
        "299, true"
    })
    void countAsToldByAnAnswerOf2xxOnly(int status, boolean taken) throws Exception {
        try (WebhookServer elsewhere = new WebhookServer()) {
            server.status = status == 199 ? 599 : status;
            server.headers = Map.of("Location", elsewhere.url());
            Webhook webhook = create(as(user), server.url()).getWebhook();
            test(webhook);

            awaitDelivery(webhook, taken ? "delivered" : "failed");
            assertThat(elsewhere.told).isEmpty();
            assertThat(server.told).hasSize(taken ? 1 : TRIES);
        }
    }

    @Test
    void areNotDisabledByAFailureLongAfterTheLastOne() throws Exception {
        server.status = 500;
        Webhook webhook = create(as(user), server.url()).getWebhook();
        jdbc.update(
                "UPDATE webhooks SET failing_since = now() - interval '6 days', failed_at = now() - interval '3 days'");
        test(webhook);

        awaitDelivery(webhook, "failed");
        Webhook failing = webhooks(as(user)).get(0);
        assertThat(failing.getEnabled()).isTrue();
        assertThat(Instant.parse(failing.getFailingSince()))
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void ofOneOwnerDoNotHoldUpEachOther() throws Exception {
        try (WebhookServer slow = new WebhookServer();
                WebhookServer failing = new WebhookServer()) {
            slow.gate = new CountDownLatch(1);
            failing.status = 500;
            failing.headers = Map.of("Retry-After", "0");
            create(as(user), slow.url());
            create(as(user), failing.url());
            events(user, 100);
            await().atMost(PATIENCE).until(() -> slow.told.size() >= 8 && !failing.told.isEmpty());
            create(as(user), server.url());

            events(user, 30);

            await().atMost(PATIENCE).until(() -> ids(server).size() == 30);
            slow.gate.countDown();
        }
    }

    @Test
    void areNotSentWhatWasDeletedOrChangedWhileItWaitedForItsTurn() throws Exception {
        try (WebhookServer former = new WebhookServer()) {
            former.status = 503;
            former.headers = Map.of("Retry-After", "3600");
            Webhook webhook = create(as(user), former.url()).getWebhook();
            test(webhook);
            await().atMost(PATIENCE).until(() -> attempts(webhook) == 1);
            Webhook changed = as(user).updateWebhook(UpdateWebhookRequest.newBuilder()
                            .setId(webhook.getId())
                            .setUrl(server.url())
                            .build())
                    .getData()
                    .getWebhook();
            assertThat(changed.hasFailingSince()).isFalse();
            as(user).resendDelivery(ResendDeliveryRequest.newBuilder()
                    .setId(webhook.getId())
                    .setDeliveryId(
                            deliveries(webhook, "waiting").getDeliveries(0).getId())
                    .build());

            awaitDelivery(webhook, "delivered");
            assertThat(former.told).hasSize(1);
            assertThat(server.types()).containsExactly("webhook.test");
        }
    }

    @Test
    void areNeverSentToAddressesThatOnlyThePlatformReaches() throws Exception {
        for (String url : List.of("http://169.254.169.254/latest", "http://[::1]:5432/", "http://10.0.0.1/")) {
            Webhook webhook = create(as(user), url).getWebhook();
            test(webhook);
            Delivery failed = awaitDelivery(webhook, "failed");
            assertThat(failed.getAttempts(0).getError())
                    .as(url)
                    .isEqualTo("The server is at an address that is not asked.");
            assertThat(failed.getAttempts(0).hasStatus()).isFalse();
        }
    }

    @Test
    void areNotDelayedByOneThatDoesNotAnswer() throws Exception {
        try (WebhookServer slow = new WebhookServer()) {
            slow.gate = new CountDownLatch(1);
            Webhook held = create(as(newUser()), slow.url()).getWebhook();
            int owner = jdbc.queryForObject(
                    "SELECT user_id FROM webhooks WHERE id = ?", Integer.class, UUID.fromString(held.getId()));
            events(owner, 200);
            await().atMost(PATIENCE).until(() -> slow.told.size() >= 8);
            create(as(user), server.url());

            events(user, 50);

            await().atMost(PATIENCE).until(() -> ids(server).size() == 50);
            assertThat(slow.told.size())
                    .as("Waited for, or tried one at a time")
                    .isLessThan(100);
            slow.gate.countDown();
        }
    }

    @Test
    void areSentAgainWhatAnInstanceWasSendingWhenItWasKilled() throws Exception {
        server.status = 503;
        server.headers = Map.of("Retry-After", "3600");
        Webhook webhook = create(as(user), server.url()).getWebhook();
        test(webhook);
        await().atMost(PATIENCE).until(() -> attempts(webhook) == 1);
        server.status = 204;

        // What its claim looks like when the lease has ended.
        jdbc.update("UPDATE deliveries SET claim = gen_random_uuid(), not_before = now()");

        awaitDelivery(webhook, "delivered");
    }

    @Test
    void hearEachOfThousandsOfEventsOnceTheyAreThereAgain() throws Exception {
        Webhook webhook = create(as(user), server.url()).getWebhook();
        server.status = 503;
        server.headers = Map.of("Retry-After", "1");
        events(user, MISSED);
        await().atMost(PATIENCE).until(() -> server.told.size() >= 2);
        // Two that were killed while they were sending a few.
        for (int kill = 0; kill < 2; kill++) {
            jdbc.update("UPDATE deliveries SET claim = gen_random_uuid(), not_before = now() + interval '2 seconds'"
                    + " WHERE id IN (SELECT id FROM deliveries WHERE state = 'waiting' AND claim IS NULL LIMIT 50)");
        }
        server.headers = Map.of();
        server.status = 204;

        await().atMost(Duration.ofMinutes(5)).until(() -> ids(server).size() == MISSED);
        await().atMost(PATIENCE)
                .until(() ->
                        jdbc.queryForObject("SELECT count(*) FROM deliveries WHERE state <> 'delivered'", Integer.class)
                                == 0);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM delivery_attempts WHERE status = 204", Integer.class))
                .isGreaterThanOrEqualTo(MISSED);
        assertThat(deliveries(webhook, "").getCursor()).isNotEmpty();
    }

    @Test
    void areSignedWithBothSecretsWhileOneTakesThePlaceOfTheOther() throws Exception {
        CreateWebhookResponseData made = create(as(user), server.url());
        String renewed = as(user).rotateWebhookSecret(RotateWebhookSecretRequest.newBuilder()
                        .setId(made.getWebhook().getId())
                        .build())
                .getData()
                .getSecret();
        test(made.getWebhook());
        await().atMost(PATIENCE).until(() -> server.told.size() == 1);
        jdbc.update("UPDATE webhooks SET former_until = now()");
        test(made.getWebhook());
        await().atMost(PATIENCE).until(() -> server.told.size() == 2);

        assertThat(renewed).isNotEqualTo(made.getSecret());
        assertThat(verified(server.told.get(0), made.getSecret())).isTrue();
        assertThat(verified(server.told.get(0), renewed)).isTrue();
        assertThat(verified(server.told.get(1), made.getSecret())).isFalse();
        assertThat(verified(server.told.get(1), renewed)).isTrue();
    }

    @Test
    void ofAdministratorsHearOfEverybodyAndOfDeadLetters() throws Exception {
        forgetLetters();
        admin().createWebhook(CreateWebhookRequest.newBuilder()
                .setUrl(server.url())
                .setEverybody(true)
                .addTypes("video.uploaded")
                .addTypes("dead_letter.kept")
                .build());
        Messages messages = Messages.about(user, "Of somebody");
        publisher.publish("EncodeUploadedVideo", messages.uploaded());
        publisher.publish("EncodeUploadedVideo", "{");

        await().atMost(PATIENCE)
                .until(() -> new HashSet<>(server.types()).equals(Set.of("video.uploaded", "dead_letter.kept")));
        server.told.forEach(told -> assertThat(told.faults()).as(told.type()).isEmpty());
        assertThat(fault(() -> as(user).createWebhook(CreateWebhookRequest.newBuilder()
                                .setUrl(server.url())
                                .setEverybody(true)
                                .build()))
                        .reason())
                .isEqualTo("NOT_AN_ADMIN");
        forgetLetters();
    }

    @Test
    void hearOfATimeAgainAlsoOfWhatWasBeforeThem() throws Exception {
        Messages messages = Messages.about(user, "Before");
        int id = ready(messages);
        Webhook webhook = create(as(user), server.url(), "video.ready").getWebhook();
        ReplayEventsRequest lastHour = ReplayEventsRequest.newBuilder()
                .setId(webhook.getId())
                .setSince(Instant.now().minusSeconds(3600).toString())
                .build();

        assertThat(as(user).replayEvents(lastHour).getData().getEvents()).isEqualTo(1);
        assertThat(awaitDelivery(webhook, "delivered").getVideo()).isEqualTo(id);
        assertThat(as(user).replayEvents(lastHour).getData().getEvents()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> server.told.size() == 2);
        assertThat(as(user).replayEvents(lastHour.toBuilder()
                                .setUntil(Instant.now().minusSeconds(1800).toString())
                                .build())
                        .getData()
                        .getEvents())
                .isZero();
        assertThat(fault(() -> as(user).replayEvents(lastHour.toBuilder()
                                .setSince("yesterday")
                                .build()))
                        .fieldErrors())
                .containsOnlyKeys("since");
    }

    @Test
    void areTheirOwnersAlone() {
        Webhook webhook = create(as(user), server.url()).getWebhook();
        VideoCatalogServiceBlockingStub stranger = as(newUser());
        String id = webhook.getId();

        assertThat(Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                                () -> stranger.updateWebhook(UpdateWebhookRequest.newBuilder()
                                        .setId(id)
                                        .build()),
                                () -> stranger.deleteWebhook(DeleteWebhookRequest.newBuilder()
                                        .setId(id)
                                        .build()),
                                () -> stranger.rotateWebhookSecret(RotateWebhookSecretRequest.newBuilder()
                                        .setId(id)
                                        .build()),
                                () -> stranger.testWebhook(TestWebhookRequest.newBuilder()
                                        .setId(id)
                                        .build()),
                                () -> stranger.findDeliveries(FindDeliveriesRequest.newBuilder()
                                        .setId(id)
                                        .build()),
                                () -> stranger.resendDelivery(ResendDeliveryRequest.newBuilder()
                                        .setId(id)
                                        .setDeliveryId(UUID.randomUUID().toString())
                                        .build()),
                                () -> stranger.replayEvents(ReplayEventsRequest.newBuilder()
                                        .setId(id)
                                        .setSince("2026-01-01T00:00:00Z")
                                        .build()),
                                () -> stranger.deleteWebhook(DeleteWebhookRequest.newBuilder()
                                        .setId("7")
                                        .build()))
                        .map(call -> fault(call).reason()))
                .containsOnly(UNKNOWN);
        assertThat(webhooks(stranger)).isEmpty();
        assertThat(webhooks(as(user))).hasSize(1);
        assertThat(fault(() -> as(user).resendDelivery(ResendDeliveryRequest.newBuilder()
                                .setId(id)
                                .setDeliveryId(UUID.randomUUID().toString())
                                .build()))
                        .reason())
                .isEqualTo("DELIVERY_UNKNOWN");
    }

    @Test
    void arePausedChangedAndDeleted() throws Exception {
        Webhook webhook = create(as(user), server.url(), "video.ready").getWebhook();
        assertThat(enable(webhook, false).getEnabled()).isFalse();
        ready(Messages.about(user, "Missed"));
        Webhook changed = as(user).updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setId(webhook.getId())
                        .setDescription("Ours")
                        .setTypes(ListValue.newBuilder()
                                .addValues(Value.newBuilder().setStringValue("video.uploaded")))
                        .setEnabled(true)
                        .build())
                .getData()
                .getWebhook();
        assertThat(changed.getDescription()).isEqualTo("Ours");
        assertThat(changed.getTypesList()).containsExactly("video.uploaded");
        assertThat(changed.getUrl()).isEqualTo(server.url());
        publisher.publish("EncodeUploadedVideo", Messages.about(user, "Heard").uploaded());
        await().atMost(PATIENCE).until(() -> server.types().equals(List.of("video.uploaded")));

        as(user).deleteWebhook(
                        DeleteWebhookRequest.newBuilder().setId(webhook.getId()).build());
        assertThat(webhooks(as(user))).isEmpty();
    }

    @Test
    void endWithTheAccountOfTheirOwner() {
        create(as(user), server.url());

        as(user).deleteMine(DeleteMineRequest.getDefaultInstance());

        assertThat(webhooks(as(user))).isEmpty();
    }

    @Test
    void areRefusedWithASentenceForEachFieldThatIsWrong() {
        Fault fault = fault(() -> as(user).createWebhook(CreateWebhookRequest.newBuilder()
                .setUrl("ftp://example.com/")
                .setDescription("x".repeat(256))
                .addTypes("video.eaten")
                .setFormat("xml")
                .build()));

        assertThat(fault.fieldErrors()).containsOnlyKeys("url", "description", "types", "format");
        assertThat(fault(() -> create(as(user), "")).fieldErrors()).containsOnlyKeys("url");
        assertThat(fault(() -> create(as(user), "https://user:secret@example.com/"))
                        .fieldErrors())
                .containsOnlyKeys("url");
        for (int i = 0; i < 20; i++) {
            create(as(user), "https://example.com/" + i);
        }
        assertThat(fault(() -> create(as(user), "https://example.com/")).reason())
                .isEqualTo("TOO_MANY_WEBHOOKS");
    }

    @Test
    void keepAChangeOfAVideoFromNothingWhileTheyAreDeleted() throws Exception {
        Messages messages = Messages.about(user, "Changed meanwhile");
        int id = ready(messages);
        Webhook webhook = create(as(user), server.url()).getWebhook();
        try (java.sql.Connection other =
                java.util.Objects.requireNonNull(jdbc.getDataSource()).getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("DELETE FROM webhooks WHERE id = '" + webhook.getId() + "'");

            as(user).update(UpdateRequest.newBuilder()
                    .setId(id)
                    .setTitle("Changed")
                    .build());
            other.commit();
        }

        assertThat(find(as(user), id).getVideo().getTitle()).isEqualTo("Changed");
        await().atMost(PATIENCE)
                .until(() ->
                        jdbc.queryForObject("SELECT count(*) FROM deliveries WHERE user_id = ?", Integer.class, user)
                                == 0);
    }

    @Test
    void ofAdministratorsAreNotToldTheAddressesOfOthers() throws Exception {
        try (WebhookServer administrators = new WebhookServer()) {
            admin().createWebhook(CreateWebhookRequest.newBuilder()
                    .setUrl(administrators.url())
                    .setEverybody(true)
                    .build());
            server.status = 410;
            Webhook webhook = create(as(user), server.url() + "?token=secret").getWebhook();
            test(webhook);
            await().atMost(PATIENCE).until(() -> !webhooks(as(user)).get(0).getEnabled());

            publisher.publish(
                    "EncodeUploadedVideo", Messages.about(user, "Later").uploaded());
            await().atMost(PATIENCE).until(() -> administrators.types().contains("video.uploaded"));

            assertThat(administrators.types()).containsExactly("video.uploaded");
        }
    }

    @Test
    void areForgottenWhatWasLongAgo() {
        events(user, 1);
        jdbc.update("UPDATE events SET occurred_at = now() - interval '31 days' WHERE user_id = ?", user);

        await().atMost(PATIENCE)
                .until(() ->
                        jdbc.queryForObject("SELECT count(*) FROM events WHERE user_id = ?", Integer.class, user) == 0);
    }

    /** So many at once, as if they had happened. */
    private void events(int owner, int count) {
        jdbc.update(
                "INSERT INTO events (type, user_id, data) SELECT 'video.updated', ?, '{}' FROM generate_series(1, ?)",
                owner,
                count);
    }

    private static Set<String> ids(WebhookServer server) {
        Set<String> ids = new HashSet<>();
        server.told.forEach(told -> ids.add(told.header("webhook-id")));
        return ids;
    }

    private void awaitTypes(String... types) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.types()).containsExactlyInAnyOrder(types));
    }

    private void test(Webhook webhook) {
        as(user).testWebhook(
                        TestWebhookRequest.newBuilder().setId(webhook.getId()).build());
    }

    private Webhook enable(Webhook webhook, boolean enabled) {
        return as(user).updateWebhook(UpdateWebhookRequest.newBuilder()
                        .setId(webhook.getId())
                        .setEnabled(enabled)
                        .build())
                .getData()
                .getWebhook();
    }

    private Delivery awaitDelivery(Webhook webhook, String state) {
        await().atMost(PATIENCE).until(() -> deliveries(webhook, state).getDeliveriesCount() > 0);
        return deliveries(webhook, state).getDeliveries(0);
    }

    private FindDeliveriesResponseData deliveries(Webhook webhook, String state) {
        return as(user).findDeliveries(FindDeliveriesRequest.newBuilder()
                        .setId(webhook.getId())
                        .setState(state)
                        .build())
                .getData();
    }

    private int attempts(Webhook webhook) {
        return deliveries(webhook, "").getDeliveriesList().stream()
                .mapToInt(Delivery::getAttemptsCount)
                .sum();
    }

    private static List<Webhook> webhooks(VideoCatalogServiceBlockingStub caller) {
        return caller.findWebhooks(FindWebhooksRequest.getDefaultInstance())
                .getData()
                .getWebhooksList();
    }

    private static CreateWebhookResponseData create(
            VideoCatalogServiceBlockingStub caller, String url, String... types) {
        return caller.createWebhook(CreateWebhookRequest.newBuilder()
                        .setUrl(url)
                        .addAllTypes(List.of(types))
                        .build())
                .getData();
    }

    /** As a receiver does that knows this secret. */
    private static boolean verified(WebhookServer.Told told, String secret) throws Exception {
        assertThat(secret).startsWith("whsec_");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        mac.update((told.header("webhook-id") + "." + told.header("webhook-timestamp") + ".").getBytes(UTF_8));
        String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(told.body()));
        return Arrays.asList(told.header("webhook-signature").split(" ")).contains(signature)
                && new String(told.body(), StandardCharsets.UTF_8).startsWith("{");
    }
}
