package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import dev.caravan.embedded.FreePorts;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import dev.caravan.proto.user.FindByIdResponse;
import dev.caravan.proto.user.FindByIdResponseData;
import dev.caravan.proto.videocatalog.ChangeManyRequest;
import dev.caravan.proto.videocatalog.ChangeManyResponse;
import dev.caravan.proto.videocatalog.CreateLinkRequest;
import dev.caravan.proto.videocatalog.CreateWebhookRequest;
import dev.caravan.proto.videocatalog.DeleteCaptionsRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.DeleteWebhookRequest;
import dev.caravan.proto.videocatalog.DiscardDeadLetterRequest;
import dev.caravan.proto.videocatalog.EditDeadLetterRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindAllResponse;
import dev.caravan.proto.videocatalog.FindByIdRequest;
import dev.caravan.proto.videocatalog.FindCaptionsRequest;
import dev.caravan.proto.videocatalog.FindChaptersRequest;
import dev.caravan.proto.videocatalog.FindDeadLetterRequest;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
import dev.caravan.proto.videocatalog.FindDeliveriesRequest;
import dev.caravan.proto.videocatalog.FindDownloadsRequest;
import dev.caravan.proto.videocatalog.FindLinksRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.FindMineResponse;
import dev.caravan.proto.videocatalog.FindSitemapRequest;
import dev.caravan.proto.videocatalog.FindWebhooksRequest;
import dev.caravan.proto.videocatalog.PutCaptionsRequest;
import dev.caravan.proto.videocatalog.PutChaptersRequest;
import dev.caravan.proto.videocatalog.ReadCaptionsRequest;
import dev.caravan.proto.videocatalog.Refusal;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import dev.caravan.proto.videocatalog.ReplayEventsRequest;
import dev.caravan.proto.videocatalog.ResendDeliveryRequest;
import dev.caravan.proto.videocatalog.RestoreRequest;
import dev.caravan.proto.videocatalog.RevokeLinkRequest;
import dev.caravan.proto.videocatalog.RotateWebhookSecretRequest;
import dev.caravan.proto.videocatalog.TestWebhookRequest;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.UpdateWebhookRequest;
import dev.caravan.videocatalog.manifest.Fixtures;
import dev.caravan.videocatalog.owner.OwnersOfVideos;
import dev.caravan.videocatalog.signature.SigningKey;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.springrabbit.MessagePropertiesConverter;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.UseAdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The routes with every call out of the service replaced. */
@CamelSpringBootTest
@UseAdviceWith
@SpringBootTest(
        classes = VideoCatalogApplication.class,
        properties = {
            "spring.config.name=caravan,video-catalog",
            "spring.application.name=video-catalog",
            "spring.flyway.enabled=false",
            "camel.component.direct.timeout=100",
            "video-catalog.owner-timeout=1000",
            "video-catalog.retry-delay=1",
            "video-catalog.retry-max-delay=5"
        })
class VideoCatalogRoutesTest {

    private static final Processor DATABASE_DOWN = exchange -> {
        throw new CannotGetJdbcConnectionException("inner words");
    };

    private static final String[] FOREIGN_HEADERS = {
        "Authorization",
        "CamelSqlQuery",
        "CamelSqlParameters",
        "CamelAwsS3Key",
        "CamelAwsS3BucketName",
        "CamelHttpUri",
        "CamelHttpPath",
        "CamelSpringRabbitmqRoutingOverrideKey",
        "CamelSpringRabbitmqExchangeOverrideName",
        "CamelRabbitmqRoutingKey",
        "rabbitmq.ROUTING_KEY",
        "CamelBeanMethodName",
        "original_id",
        "queue"
    };

    // Of the context, which all tests share.
    private static volatile Processor database = DATABASE_DOWN;
    private static volatile Processor growing = DATABASE_DOWN;
    private static volatile Processor users = DATABASE_DOWN;
    private static volatile Processor inbox = DATABASE_DOWN;
    private static volatile Processor inboxOfBodies = DATABASE_DOWN;
    private static volatile Processor broker = DATABASE_DOWN;
    private static final List<Exchange> STORED = new CopyOnWriteArrayList<>();
    private static final List<Map<?, ?>> DEAD_LETTERS = new CopyOnWriteArrayList<>();
    private static final List<String> OUTBOX = new CopyOnWriteArrayList<>();

    @Autowired
    private CamelContext camel;

    @Autowired
    private ProducerTemplate producer;

    @Autowired
    private MessagePropertiesConverter tracingHeaders;

    @Autowired
    private MessageConverter wholeMessage;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("video-catalog.port", FreePorts::pick);
        registry.add("cdn.private-key", () -> SigningKey.create("EC")
                .write(Path.of("target", "routes-key.pem"))
                .toString());
    }

    @BeforeEach
    void replaceWhatIsOutside() throws Exception {
        if (!camel.isStarted()) {
            for (String[] step : new String[][] {
                {"video-catalog-find-all", "find-videos"},
                {"video-catalog-find-all", "search-videos"},
                {"video-catalog-find-mine", "find-my-videos"},
                {"video-catalog-find-video", "find-video"},
                {"video-catalog-update", "update-video"},
                {"video-catalog-refuse-change", "find-owner-of-video"},
                {"video-catalog-delete", "delete-video"},
                {"video-catalog-delete", "trash-video"},
                {"video-catalog-restore", "restore-video"},
                {"video-catalog-create-link", "insert-link"},
                {"video-catalog-find-links", "find-links"},
                {"video-catalog-revoke-link", "delete-link"},
                {"video-catalog-refuse-link", "find-owner-of-links"},
                {"video-catalog-put-captions", "put-captions"},
                {"video-catalog-put-captions", "find-kept-captions"},
                {"video-catalog-refuse-captions", "find-owner-of-captions"},
                {"video-catalog-find-captions", "find-captions"},
                {"video-catalog-read-captions", "read-captions"},
                {"video-catalog-delete-captions", "delete-captions"},
                {"video-catalog-put-chapters", "put-chapters"},
                {"video-catalog-find-chapters", "find-chapters"},
                {"video-catalog-find-downloads", "find-downloads"},
                {"video-catalog-find-sitemap", "find-sitemap-pages"},
                {"video-catalog-find-sitemap", "find-sitemap"},
                {"video-catalog-serve-captions", "read-shown-captions"},
                {"video-catalog-publish", "publish-due-videos"},
                {"video-catalog-empty-trash", "find-due-trash"},
                {"video-catalog-empty-trash", "delete-trashed-video"},
                {"video-catalog-delete-mine", "find-own-videos"},
                {"video-catalog-delete-mine", "delete-own-webhooks"},
                {"video-catalog-create-webhook", "insert-webhook"},
                {"video-catalog-find-webhooks", "find-webhooks"},
                {"video-catalog-update-webhook", "update-webhook"},
                {"video-catalog-delete-webhook", "delete-webhook"},
                {"video-catalog-rotate-webhook-secret", "rotate-webhook-secret"},
                {"video-catalog-test-webhook", "test-webhook"},
                {"video-catalog-find-deliveries", "find-deliveries"},
                {"video-catalog-resend-delivery", "resend-delivery"},
                {"video-catalog-resend-failed", "resend-failed-delivery"},
                {"video-catalog-replay-events", "replay-events"},
                {"video-catalog-refuse-webhook", "find-webhook-state"},
                {"video-catalog-send-event", "begin-delivery"},
                {"video-catalog-note-delivery", "release-delivery"},
                {"video-catalog-note-delivery", "end-delivery"},
                {"video-catalog-note-delivery", "disable-webhook"},
                {"video-catalog-note-delivery", "retry-delivery"},
                {"video-catalog-refuse-dead-letter", "find-dead-letter-state"},
                {"video-catalog-find-dead-letters", "find-dead-letters"},
                {"video-catalog-show-dead-letter", "find-dead-letter"},
                {"video-catalog-edit-dead-letter", "edit-dead-letter"},
                {"video-catalog-replay-dead-letter", "replay-dead-letter"},
                {"video-catalog-discard-dead-letter", "discard-dead-letter"},
                {"video-catalog-record-event", "store-event"},
                {"video-catalog-record-playable", "store-playable"},
                {"video-catalog-take-texts", "take-texts"}
            }) {
                replace(step[0], step[1], exchange -> {
                    exchange.setProperty("at", step[1]);
                    database.process(exchange);
                });
            }
            replace("video-catalog-find-owner", "find-owner", exchange -> users.process(exchange));
            replace("video-catalog-keep-dead-letter", "keep-dead-letter", exchange -> inbox.process(exchange));
            replace(
                    "video-catalog-keep-dead-letter-body",
                    "keep-dead-letter-body",
                    exchange -> inboxOfBodies.process(exchange));
            replace("outbox-relay", "declare-topology", exchange -> {});
            replace("outbox-relay", "publish-message", exchange -> broker.process(exchange));
            replace(
                    "outbox-relay",
                    "delete-message",
                    exchange -> OUTBOX.add("remove " + exchange.getVariable("message_id")));
            replace(
                    "outbox-relay",
                    "postpone-message",
                    exchange -> OUTBOX.add("postpone " + exchange.getVariable("message_id")));
            replace("video-catalog-check-manifest", "find-withdrawn-video", exchange -> exchange.getMessage()
                    .setHeader("CamelSqlRowCount", 0));
            replace("video-catalog-manifest", "find-shown-captions", exchange -> exchange.getMessage()
                    .setBody(List.of()));
            replace("video-catalog-find-manifest", "find-growing-manifest", exchange -> growing.process(exchange));
            replace("video-catalog-get-manifest", "get-manifest", this::answerObject);
            replace("video-catalog-find-source", "find-uploaded-file", exchange -> {});
            AdviceWith.adviceWith(
                    camel, "video-catalog-record-completed", route -> route.replaceFromWith("direct:completed"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-record-progress", route -> route.replaceFromWith("direct:progress"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-take-dead-letters", route -> route.replaceFromWith("direct:letters"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-claim-deliveries", route -> route.replaceFromWith("direct:deliveries"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-forget-events", route -> route.replaceFromWith("direct:forget-events"));
            AdviceWith.adviceWith(camel, "video-catalog-deliver", route -> route.replaceFromWith("direct:deliver"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-take-resends", route -> route.replaceFromWith("direct:resends"));
            AdviceWith.adviceWith(camel, "outbox-relay", route -> route.replaceFromWith("direct:relay"));
            AdviceWith.adviceWith(camel, "video-catalog-sweep", route -> route.replaceFromWith("direct:sweep"));
            AdviceWith.adviceWith(camel, "video-catalog-publish", route -> route.replaceFromWith("direct:publish"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-empty-trash", route -> route.replaceFromWith("direct:empty-trash"));
            AdviceWith.adviceWith(camel, "video-catalog-grpc-endpoint", route -> route.replaceFromWith("direct:grpc"));
            AdviceWith.adviceWith(
                    camel, "video-catalog-manifest-endpoint", route -> route.replaceFromWith("direct:manifest"));
            camel.start();
        }
        STORED.clear();
        DEAD_LETTERS.clear();
        OUTBOX.clear();
        database = STORED::add;
        growing = exchange -> exchange.getMessage().setHeader("CamelSqlRowCount", 0);
        inbox = exchange -> DEAD_LETTERS.add(exchange.getMessage().getBody(Map.class));
        inboxOfBodies = DATABASE_DOWN;
        broker = exchange -> {};
        users = exchange -> {
            throw Fault.unavailable("DEPENDENCY_DOWN", "The user service is down.");
        };
    }

    @Test
    void takesEachCallToTheRouteOfItsName() {
        database = exchange -> {
            exchange.getMessage().setBody(List.of(Map.of("total", 0, "total_exact", true)));
        };

        Exchange answer = producer.request("direct:grpc", exchange -> {
            exchange.getMessage().setHeader(Headers.RPC, "find-mine");
            exchange.getMessage().setHeader(Headers.USER_ID, "3");
            exchange.getMessage().setBody(FindMineRequest.getDefaultInstance());
        });

        assertThat(answer.getMessage().getBody()).isInstanceOf(FindMineResponse.class);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 200, end-delivery",
        "false, 299, end-delivery",
        "false, 199, retry-delivery",
        "false, 300, retry-delivery",
        "false, 410, disable-webhook",
        "false, 503, retry-delivery",
        "false, , retry-delivery",
        "true, , release-delivery"
    })
    void notesWhatBecameOfAnEventThatWasSent(boolean interrupted, Integer status, String step) {
        producer.request("direct:video-catalog-note-delivery", exchange -> {
            exchange.getMessage().setHeader("interrupted", interrupted);
            exchange.getMessage().setHeader("status", status);
        });

        assertThat(STORED).extracting(exchange -> exchange.getProperty("at")).containsExactly(step);
    }

    @Test
    void tellsThatTheDatabaseIsDownAndNothingOfItsInside() {
        database = DATABASE_DOWN;
        Map<String, Object> calls = new HashMap<>(Map.of(
                "direct:video-catalog-find-all", FindAllRequest.getDefaultInstance(),
                "direct:video-catalog-find-mine", FindMineRequest.getDefaultInstance(),
                "direct:video-catalog-find-by-id", FindByIdRequest.getDefaultInstance(),
                "direct:video-catalog-delete", DeleteRequest.getDefaultInstance(),
                "direct:video-catalog-find-dead-letters", FindDeadLettersRequest.getDefaultInstance(),
                "direct:video-catalog-find-dead-letter", FindDeadLetterRequest.getDefaultInstance(),
                "direct:video-catalog-edit-dead-letter",
                        EditDeadLetterRequest.newBuilder().setBody("{}").build(),
                "direct:video-catalog-replay-dead-letter", ReplayDeadLetterRequest.getDefaultInstance(),
                "direct:video-catalog-discard-dead-letter", DiscardDeadLetterRequest.getDefaultInstance()));
        calls.put("direct:video-catalog-update", UpdateRequest.getDefaultInstance());
        calls.put("direct:video-catalog-restore", RestoreRequest.getDefaultInstance());
        calls.put("direct:video-catalog-create-link", CreateLinkRequest.getDefaultInstance());
        calls.put("direct:video-catalog-find-links", FindLinksRequest.getDefaultInstance());
        calls.put("direct:video-catalog-revoke-link", RevokeLinkRequest.getDefaultInstance());
        calls.put(
                "direct:video-catalog-put-captions",
                PutCaptionsRequest.newBuilder()
                        .setLanguage("en")
                        .setFile(ByteString.copyFromUtf8("WEBVTT\n\n00:01.000 --> 00:02.000\nA"))
                        .build());
        calls.put("direct:video-catalog-find-captions", FindCaptionsRequest.getDefaultInstance());
        calls.put("direct:video-catalog-read-captions", ReadCaptionsRequest.getDefaultInstance());
        calls.put("direct:video-catalog-delete-captions", DeleteCaptionsRequest.getDefaultInstance());
        calls.put("direct:video-catalog-put-chapters", PutChaptersRequest.getDefaultInstance());
        calls.put("direct:video-catalog-find-chapters", FindChaptersRequest.getDefaultInstance());
        calls.put("direct:video-catalog-find-downloads", FindDownloadsRequest.getDefaultInstance());
        calls.put("direct:video-catalog-find-sitemap", FindSitemapRequest.getDefaultInstance());
        String id = "00000000-0000-0000-0000-000000000001";
        calls.put(
                "direct:video-catalog-create-webhook",
                CreateWebhookRequest.newBuilder().setUrl("https://example.com/").build());
        calls.put("direct:video-catalog-find-webhooks", FindWebhooksRequest.getDefaultInstance());
        calls.put(
                "direct:video-catalog-update-webhook",
                UpdateWebhookRequest.newBuilder().setId(id).build());
        calls.put(
                "direct:video-catalog-delete-webhook",
                DeleteWebhookRequest.newBuilder().setId(id).build());
        calls.put(
                "direct:video-catalog-rotate-webhook-secret",
                RotateWebhookSecretRequest.newBuilder().setId(id).build());
        calls.put(
                "direct:video-catalog-test-webhook",
                TestWebhookRequest.newBuilder().setId(id).build());
        calls.put(
                "direct:video-catalog-find-deliveries",
                FindDeliveriesRequest.newBuilder().setId(id).build());
        calls.put(
                "direct:video-catalog-resend-delivery",
                ResendDeliveryRequest.newBuilder().setId(id).setDeliveryId(id).build());
        calls.put(
                "direct:video-catalog-replay-events",
                ReplayEventsRequest.newBuilder()
                        .setId(id)
                        .setSince("2026-01-31T09:00:00Z")
                        .build());

        calls.forEach((route, request) -> {
            Exchange answer = producer.request(route, exchange -> {
                exchange.getMessage().setHeader(Headers.USER_ID, "3");
                exchange.getMessage().setBody(request);
            });
            Fault fault = Fault.in(answer.getException());
            assertThat(fault).isNotNull();
            assertThat(fault.reason()).isEqualTo("DEPENDENCY_DOWN");
            assertThat(fault.getMessage()).doesNotContain("inner words");
        });
    }

    @Test
    void tellsOfOneOfManyWhyItWasNotChanged() {
        database = DATABASE_DOWN;
        Processor request = exchange -> {
            exchange.setVariable("rpc", "restore");
            exchange.getMessage().setHeader(Headers.USER_ID, "3");
            exchange.getMessage().setBody(RestoreRequest.newBuilder().setId(7).build());
        };

        Exchange one = producer.request("direct:video-catalog-change-one", request);
        Exchange applied = producer.request("direct:video-catalog-apply-change", request);

        assertThat(Fault.in(applied.getException()).reason()).isEqualTo("DEPENDENCY_DOWN");
        assertThat(one.getMessage().getBody(Refusal.class))
                .extracting(Refusal::getId, Refusal::getReason)
                .containsExactly(7, "DEPENDENCY_DOWN");
    }

    @ParameterizedTest
    @CsvSource({"update, update-video", "trash, trash-video", "restore, restore-video", "delete, delete-video"})
    void changesEachOfManyByTheRouteForOne(String action, String step) {
        List<Object> ids = new ArrayList<>();
        database = exchange -> {
            if (step.equals(exchange.getProperty("at", String.class))) {
                ids.add(exchange.getMessage().getBody(Map.class).get("id"));
            }
            throw Fault.notFound("VIDEO_UNKNOWN", "There is no such video.");
        };

        Exchange answer = producer.request("direct:video-catalog-change-many", exchange -> {
            exchange.getMessage().setHeader(Headers.USER_ID, "3");
            exchange.getMessage()
                    .setBody(ChangeManyRequest.newBuilder()
                            .setAction(action)
                            .addIds(7)
                            .addIds(8)
                            .build());
        });

        assertThat(ids).containsExactly(7, 8);
        assertThat(answer.getMessage()
                        .getBody(ChangeManyResponse.class)
                        .getData()
                        .getRefusedList())
                .extracting(Refusal::getId, Refusal::getReason)
                .containsExactly(tuple(7, "VIDEO_UNKNOWN"), tuple(8, "VIDEO_UNKNOWN"));
    }

    /** Each look-up waits for the other. */
    @Test
    void asksForAllOwnersAtATime() {
        CyclicBarrier together = new CyclicBarrier(2);
        database = videosOf(501, 502, 501);
        users = exchange -> {
            together.await(20, TimeUnit.SECONDS);
            exchange.getMessage().setBody(owner("Ann"));
        };

        FindAllResponse answer = findAll();

        assertThat(answer.getData().getVideosList())
                .extracting(
                        video -> video.getUser().getId() + " " + video.getUser().getName())
                .containsExactly("501 Ann", "502 Ann", "501 Ann");
    }

    @Test
    void asksForEachUnknownOwnerOnce() {
        List<Integer> asked = new CopyOnWriteArrayList<>();
        users = exchange -> {
            asked.add(exchange.getMessage()
                    .getBody(dev.caravan.proto.user.FindByIdRequest.class)
                    .getId());
            exchange.getMessage().setBody(owner("Ann"));
        };

        Exchange answer = producer.send("direct:video-catalog-ask-for-owners", exchange -> {
            exchange.setVariable("owners", new OwnersOfVideos());
            exchange.setVariable("unknownOwners", List.of(711, 712));
        });

        assertThat(answer.getException()).isNull();
        assertThat(asked).containsExactlyInAnyOrder(711, 712);
        assertThat(answer.getVariable("owners", OwnersOfVideos.class).find(712).getName())
                .isEqualTo("Ann");
    }

    /** The user service says nothing until the answer is there: if the answer waited for it, neither would ever come. */
    @Test
    void waitsForNoOwnerTooLong() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        users = exchange -> {
            answered.await();
            exchange.getMessage().setBody(owner("Late"));
        };
        List<Map<String, Object>> rows = List.of(Map.of("user_id", 701));

        CompletableFuture<Exchange> answer =
                producer.asyncSend("direct:video-catalog-find-owners", exchange -> exchange.getMessage()
                        .setBody(rows));
        try {
            Exchange exchange = answer.get(5, TimeUnit.MINUTES);

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo(rows);
            assertThat(exchange.getVariable("owners", OwnersOfVideos.class)
                            .find(701)
                            .getName())
                    .isEmpty();
        } finally {
            answered.countDown();
        }
    }

    @Test
    void showsVideosWhileNobodyKnowsTheirOwners() {
        AtomicInteger asked = new AtomicInteger();
        database = videosOf(601);
        users = exchange -> {
            asked.incrementAndGet();
            throw Fault.unavailable("DEPENDENCY_DOWN", "The user service is down.");
        };

        FindAllResponse first = findAll();
        FindAllResponse second = findAll();

        assertThat(first).isEqualTo(second);
        assertThat(first.getData().getVideos(0).getUser().getId()).isEqualTo(601);
        assertThat(first.getData().getVideos(0).getUser().getName()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    /** What Camel and its components go by; a message that brings such headers must not be able to set any of it. */
    @Test
    void letsNoMessageSetWhatIsNotItsToSet() {
        String event = Messages.about(7, "Both").completed();
        Message foreign = amqp(event);
        for (String header : FOREIGN_HEADERS) {
            foreign.getMessageProperties().setHeader(header, "foreign");
        }

        for (String queue : List.of("direct:completed", "direct:progress")) {
            consume(queue, foreign);
        }
        foreign.getMessageProperties().setHeader("x-origin-queue", "Elsewhere");
        consume("direct:letters", foreign);

        assertThat(STORED).hasSize(2).allSatisfy(exchange -> {
            assertThat(exchange.getMessage().getHeaders()).isEmpty();
            assertThat(exchange.getMessage().getBody(Map.class).get("state")).isEqualTo("ready");
        });
        assertThat(DEAD_LETTERS).singleElement().satisfies(letter -> {
            assertThat(letter.get("queue")).isEqualTo("Elsewhere");
            assertThat(String.valueOf(letter.get("headers"))).contains(FOREIGN_HEADERS);
        });
    }

    @Test
    void waitsForTheDatabase() {
        AtomicInteger attempts = new AtomicInteger();
        database = exchange -> {
            if (attempts.incrementAndGet() < 5) {
                DATABASE_DOWN.process(exchange);
            }
        };

        consume("direct:completed", amqp(Messages.about(7, "Waits").completed()));

        assertThat(attempts).hasValue(5);
        assertThat(DEAD_LETTERS).isEmpty();
    }

    @Test
    void doesNotRepeatWhatTheDatabaseRefuses() {
        AtomicInteger attempts = new AtomicInteger();
        database = exchange -> {
            attempts.incrementAndGet();
            throw new DataIntegrityViolationException("no place for it");
        };
        Messages messages = Messages.about(7, "Refused");

        consume("direct:completed", amqp(messages.completed()));

        assertThat(attempts).hasValue(1);
        assertThat(DEAD_LETTERS).singleElement().satisfies(letter -> {
            assertThat((byte[]) letter.get("body")).asString(UTF_8).isEqualTo(messages.completed());
            assertThat(letter.get("queue")).isEqualTo("VideoCatalogService");
            assertThat(letter.get("service")).isEqualTo("video-catalog");
            assertThat(letter.get("reason")).isEqualTo("EVENT_REFUSED");
            assertThat(letter.get("video_id")).isEqualTo(messages.videoId());
        });
    }

    @Test
    void waitsForTheDatabaseWithADeadLetter() {
        AtomicInteger attempts = new AtomicInteger();
        inbox = exchange -> {
            if (attempts.incrementAndGet() < 4) {
                DATABASE_DOWN.process(exchange);
            }
            DEAD_LETTERS.add(exchange.getMessage().getBody(Map.class));
        };
        Message message = amqp("no JSON");
        message.getMessageProperties()
                .setHeader("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        consume("direct:progress", message);

        assertThat(attempts).hasValue(4);
        assertThat(DEAD_LETTERS).singleElement().satisfies(letter -> {
            assertThat((byte[]) letter.get("body")).asString(UTF_8).isEqualTo("no JSON");
            assertThat(letter.get("queue")).isEqualTo("VideoCatalogEvents");
            assertThat(letter.get("reason")).isEqualTo("MALFORMED_EVENT");
            assertThat(letter.get("error").toString()).startsWith("it is no JSON");
            assertThat((String[]) letter.get("route_trail"))
                    .containsExactly("video-catalog-record-progress", "video-catalog-record-event");
            assertThat(letter.get("trace_id")).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        });
    }

    @Test
    void keepsTheBodyOfALetterThatTheDatabaseRefuses() {
        AtomicInteger attempts = new AtomicInteger();
        inbox = exchange -> {
            throw new DataIntegrityViolationException("no place for its headers");
        };
        inboxOfBodies = exchange -> {
            if (attempts.incrementAndGet() < 3) {
                DATABASE_DOWN.process(exchange);
            }
            DEAD_LETTERS.add(exchange.getMessage().getBody(Map.class));
        };
        Message message = amqp("a letter");
        message.getMessageProperties().setHeader("x-origin-queue", "EncodeService");

        consume("direct:letters", message);

        assertThat(DEAD_LETTERS).singleElement().satisfies(letter -> {
            assertThat((byte[]) letter.get("body")).asString(UTF_8).isEqualTo("a letter");
            assertThat(letter.get("queue")).isEqualTo("EncodeService");
            assertThat(letter.get("headers")).isEqualTo("{}");
        });
    }

    @Test
    void keepsAsMuchOfAReasonAsThereIsRoomFor() {
        producer.send("direct:video-catalog-dead-letter", exchange -> {
            exchange.setVariable("delivery", amqp("body"));
            exchange.setVariable("queue", "VideoCatalogEvents");
            exchange.setProperty(
                    Exchange.EXCEPTION_CAUGHT, new IllegalStateException("\0" + "x".repeat(1999) + "🎬" + "more"));
        });

        assertThat(DEAD_LETTERS).singleElement().satisfies(letter -> assertThat(letter.get("error"))
                .isEqualTo("x".repeat(1999)));
    }

    @ParameterizedTest
    @CsvSource({
        "replayed, true, Queue, REPLAY_UNDER_WAY",
        "replayed, false, Queue, DEAD_LETTER_CLOSED",
        "discarded, false, Queue, DEAD_LETTER_CLOSED",
        "open, false, , QUEUE_UNKNOWN",
        "open, false, Queue, DEAD_LETTER_CHANGED"
    })
    void saysWhyNothingWasDoneWithADeadLetter(String state, boolean waits, String queue, String reason) {
        database = exchange -> {
            Map<String, Object> row = new HashMap<>(Map.of("state", state, "waits", waits));
            row.put("queue", queue);
            exchange.getMessage().setBody(List.of(row));
        };

        Exchange answer = producer.request("direct:video-catalog-refuse-dead-letter", exchange -> {});

        assertThat(Fault.in(answer.getException()))
                .extracting(Fault::code, Fault::reason)
                .containsExactly(Status.Code.FAILED_PRECONDITION, reason);
    }

    @Test
    void keepsInTheOutboxWhatTheBrokerDidNotTake() {
        broker = exchange -> {
            throw new IllegalStateException("there is no such queue");
        };

        producer.sendBody("direct:relay", row(5, "default", "Nowhere", new byte[] {1}));
        broker = exchange -> {
            Message message = exchange.getMessage().getBody(Message.class);
            assertThat(message.getBody()).isEqualTo(new byte[] {2});
            assertThat(exchange.getMessage().getHeaders())
                    .isEqualTo(Map.of(
                            "CamelSpringRabbitmqExchangeOverrideName", "video",
                            "CamelSpringRabbitmqRoutingOverrideKey", "VideoDeleted"));
        };
        producer.sendBody("direct:relay", row(6, "video", "VideoDeleted", new byte[] {2}));

        assertThat(OUTBOX).containsExactly("postpone 5", "remove 6");
    }

    private static Map<String, Object> row(long id, String exchange, String key, byte[] body) {
        return Map.of("id", id, "exchange", exchange, "routing_key", key, "headers", "{}", "body", body);
    }

    @Test
    void asksTheStoreForTheManifestAndNothingElse() {
        Exchange answer = producer.request("direct:manifest", exchange -> {
            exchange.getMessage().setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/media_0.m3u8");
            exchange.getMessage().setHeader("CamelAwsS3BucketName", "another");
        });

        assertThat(answer.getMessage().getBody(String.class)).contains("segment-0-00001.m4s?Policy=");
    }

    @Test
    void asksTheDatabaseForTheManifestOfWhatGrowsAndNotTheStore() {
        growing = exchange -> {
            exchange.getMessage().setHeader("CamelSqlRowCount", 1);
            exchange.getMessage().setBody("#EXTM3U\n#EXTINF:4.0,\nsegment-first-0-00001.m4s\n");
        };

        Exchange answer = producer.request("direct:manifest", exchange -> exchange.getMessage()
                .setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/1/media_first-0.m3u8"));

        assertThat(answer.getMessage().getBody(String.class)).contains("segment-first-0-00001.m4s?Policy=");
        assertThat(answer.getMessage().getHeader("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void asksTheDatabaseForCaptionsAndNotTheStore() {
        database = exchange -> {
            exchange.getMessage().setHeader("CamelSqlRowCount", 1);
            exchange.getMessage().setBody(List.of(Map.of("content", "WEBVTT", "duration_ms", 4040)));
        };

        Exchange served = producer.request(
                "direct:video-catalog-serve-manifest",
                exchange -> exchange.setVariable(
                        Fixtures.MANIFEST, Fixtures.manifest("/manifests/encoded-videos/v/1/captions-pt-BR.vtt")));
        Exchange answer = producer.request("direct:manifest", exchange -> exchange.getMessage()
                .setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/1/captions-pt-BR.m3u8"));

        assertThat(served.getMessage().getBody(String.class)).isEqualTo("WEBVTT");
        assertThat(answer.getMessage().getBody(String.class)).contains("#EXTINF:4.040,\ncaptions-pt-BR.vtt?Policy=");
    }

    @Test
    void saysThatAManifestIsNotAvailableWhileItsRouteIsStopped() throws Exception {
        camel.getRouteController().stopRoute("video-catalog-manifest");
        try {
            Exchange answer = producer.request("direct:manifest", exchange -> exchange.getMessage()
                    .setHeader(Exchange.HTTP_URI, "/manifests/encoded-videos/v/media_0.m3u8"));

            assertThat(answer.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE))
                    .isEqualTo(503);
        } finally {
            camel.getRouteController().startRoute("video-catalog-manifest");
        }
    }

    private void answerObject(Exchange exchange) {
        assertThat(exchange.getMessage().getHeaders())
                .isEqualTo(Map.of("CamelAwsS3Key", "encoded-videos/v/media_0.m3u8"));
        exchange.getMessage().setBody(new ByteArrayInputStream(Fixtures.bytes("media_0.m3u8")));
    }

    private FindAllResponse findAll() {
        return producer.requestBody(
                "direct:video-catalog-find-all", FindAllRequest.getDefaultInstance(), FindAllResponse.class);
    }

    /** As the consumers of queues hand a message over. */
    private void consume(String route, Message message) {
        producer.send(route, exchange -> {
            exchange.getMessage()
                    .setHeaders(tracingHeaders.fromMessageProperties(message.getMessageProperties(), exchange));
            exchange.getMessage().setBody(wholeMessage.fromMessage(message));
        });
    }

    private static Message amqp(String body) {
        return new Message(body.getBytes(UTF_8), new MessageProperties());
    }

    private static Processor videosOf(int... owners) {
        return exchange -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int owner : owners) {
                rows.add(Map.of(
                        "id",
                        rows.size() + 1,
                        "user_id",
                        owner,
                        "state",
                        "ready",
                        "renditions",
                        "[]",
                        "total_exact",
                        true));
            }
            exchange.getMessage().setBody(rows);
        };
    }

    private static FindByIdResponse owner(String name) {
        return FindByIdResponse.newBuilder()
                .setData(FindByIdResponseData.newBuilder()
                        .setUser(dev.caravan.proto.user.User.newBuilder().setName(name)))
                .build();
    }

    private void replace(String route, String step, Processor by) throws Exception {
        AdviceWith.adviceWith(
                camel, route, advice -> advice.weaveById(step).replace().process(by));
    }
}
