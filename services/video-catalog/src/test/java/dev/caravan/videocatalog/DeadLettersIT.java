package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.DiscardDeadLetterRequest;
import dev.caravan.proto.videocatalog.EditDeadLetterRequest;
import dev.caravan.proto.videocatalog.FindDeadLetterRequest;
import dev.caravan.proto.videocatalog.FindDeadLettersRequest;
import dev.caravan.proto.videocatalog.FindDeadLettersResponseData;
import dev.caravan.proto.videocatalog.ReplayDeadLetterRequest;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The inbox: video-catalog-take-dead-letters, video-catalog-keep-dead-letter, video-catalog-find-dead-letters,
 * video-catalog-find-dead-letter, video-catalog-show-dead-letter, video-catalog-edit-dead-letter,
 * video-catalog-replay-dead-letter, video-catalog-discard-dead-letter, video-catalog-refuse-dead-letter.
 */
class DeadLettersIT extends CatalogTestBase {

    private static final String QUEUE = "OperatedQueue";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @BeforeEach
    void forgetFormerLetters() throws Exception {
        forgetLetters();
        publisher.declare(QUEUE);
    }

    @Test
    void keepsWhatAServicePutAsideWithAllThatItSaid() throws Exception {
        String body = "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"v-1\"}}";
        publisher.putAside(
                body.getBytes(UTF_8),
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .headers(Map.of(
                                "x-origin-queue", "EncodeService",
                                "x-service", "encode",
                                "x-reason", "ATTEMPTS_USED_UP",
                                "x-failure", "Ünïcode: the disk was full. ".repeat(60),
                                "x-route-trail", "encode-receive,encode-work",
                                "x-request-id", "request-9",
                                "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01"))
                        .build());

        DeadLetter letter = awaitLetter();

        assertThat(letter.getQueue()).isEqualTo("EncodeService");
        assertThat(letter.getService()).isEqualTo("encode");
        assertThat(letter.getReason()).isEqualTo("ATTEMPTS_USED_UP");
        assertThat(letter.getError())
                .startsWith("Ünïcode: the disk was full. Ünïcode")
                .hasSizeLessThanOrEqualTo(2000);
        assertThat(letter.getRouteTrailList()).containsExactly("encode-receive", "encode-work");
        assertThat(letter.getTraceId()).isEqualTo(TRACE);
        assertThat(letter.getVideoId()).isEqualTo("v-1");
        assertThat(letter.getState()).isEqualTo("open");
        assertThat(letter.getBody()).isEqualTo(body);
        assertThat(letter.getBodyEncoding()).isEqualTo("utf-8");
        assertThat(letter.getEdited()).isFalse();
        assertThat(Instant.parse(letter.getFailedAt())).isAfter(Instant.now().minus(Duration.ofHours(1)));
        assertThat(new ObjectMapper()
                        .readTree(letter.getHeaders())
                        .path("x-request-id")
                        .asText())
                .isEqualTo("request-9");
    }

    @Test
    void keepsNoSecretOfAHeaderOrAFailure() throws Exception {
        String token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl";
        publisher.putAside(
                "{}".getBytes(UTF_8),
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of(
                                "authorization", "Bearer secret-1",
                                "Cookie", "session=secret-2",
                                "x-service-token", "secret-3",
                                "x-more", Map.of("db-password", "secret-4", "note", "called with " + token),
                                "x-failure", "postgresql://app:secret-5@db/x refused " + token,
                                "x-kept", "as it is"))
                        .build());

        DeadLetter letter = awaitLetter();

        assertThat(letter.getHeaders() + letter.getError())
                .doesNotContain("secret-")
                .doesNotContain(token);
        assertThat(new ObjectMapper()
                        .readTree(letter.getHeaders())
                        .path("x-kept")
                        .asText())
                .isEqualTo("as it is");
    }

    @Test
    void findsTheLettersOfARoute() throws Exception {
        publisher.putAside(
                "{}".getBytes(UTF_8),
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of(
                                "x-origin-queue", "EncodeService", "x-route-trail", "encode-receive,encode-work"))
                        .build());
        awaitLetter();

        assertThat(lettersOf("encode-work")).isEqualTo(1);
        assertThat(lettersOf("encode-receive")).isEqualTo(1);
        assertThat(lettersOf("encode")).isZero();
    }

    private int lettersOf(String route) {
        var found = admin().findDeadLetters(
                        FindDeadLettersRequest.newBuilder().setRoute(route).build())
                .getData();
        assertThat(found.getDeadLettersCount()).isEqualTo(found.getTotal());
        return found.getTotal();
    }

    /** As RabbitMQ's policies put a message aside. */
    @Test
    void keepsWhatTheBrokerPutAside() throws Exception {
        publisher.putAside(
                "rejected".getBytes(UTF_8),
                new AMQP.BasicProperties.Builder()
                        .headers(Map.of(
                                "x-origin-queue",
                                "forged",
                                "x-first-death-queue",
                                "First",
                                "x-death",
                                List.of(
                                        Map.of(
                                                "queue",
                                                "EncodeService",
                                                "reason",
                                                "delivery_limit",
                                                "exchange",
                                                "video",
                                                "count",
                                                1L,
                                                "time",
                                                Date.from(Instant.parse("2026-01-02T03:04:05Z")),
                                                "routing-keys",
                                                List.of("EncodeUploadedVideo")),
                                        Map.of("queue", "First", "reason", "rejected"))))
                        .build());

        DeadLetter letter = awaitLetter();

        assertThat(letter.getService()).isEqualTo("broker");
        assertThat(letter.getQueue()).isEqualTo("EncodeService");
        assertThat(letter.getReason()).isEqualTo("DELIVERY_LIMIT");
        assertThat(letter.getError()).contains("delivery_limit", "\"video\"", "EncodeUploadedVideo");
        assertThat(letter.getFailedAt()).isEqualTo("2026-01-02T03:04:05Z");
        JsonNode deaths = new ObjectMapper().readTree(letter.getHeaders()).path("x-death");
        assertThat(deaths).hasSize(2);
        assertThat(deaths.path(0).path("time").asText()).isEqualTo("2026-01-02T03:04:05Z");
    }

    static Stream<Arguments> anything() {
        Map<String, Object> deep = Map.of("end", 1);
        for (int depth = 0; depth < 60; depth++) {
            deep = Map.of("deeper", deep);
        }
        Map<String, Object> odd = new HashMap<>();
        odd.put("nothing", null);
        odd.put("bytes", new byte[] {0, 1, (byte) 0xff});
        odd.put("nul", "a\0b");
        odd.put("long", "x".repeat(20_000));
        odd.put("number", new java.math.BigDecimal("12.345"));
        odd.put("infinite", Double.POSITIVE_INFINITY);
        odd.put("x-death", "no list");
        odd.put("x-service", "");
        odd.put("x-origin-queue", "q".repeat(300));
        odd.put("x-failure", List.of("no text"));
        odd.put("x-video-id", "../../etc");
        odd.put("x-reason", "lower case – and more");
        odd.put("x-route-trail", ",, ,");
        odd.put("traceparent", "nonsense");
        byte[] binary = {0, (byte) 0xc3, (byte) 0x28, (byte) 0xff};
        return Stream.of(
                Arguments.of("nothing at all", new byte[0], new AMQP.BasicProperties()),
                Arguments.of("binary", binary, properties("text/plain", Map.of())),
                Arguments.of(
                        "an encoding that is none",
                        binary,
                        new AMQP.BasicProperties.Builder()
                                .contentType("text/plain")
                                .contentEncoding("no-such-charset")
                                .build()),
                Arguments.of(
                        "a serialized object", binary, properties("application/x-java-serialized-object", Map.of())),
                Arguments.of(
                        "deep JSON", "[".repeat(100_000).getBytes(UTF_8), properties("application/json", Map.of())),
                Arguments.of("deep headers", new byte[] {1}, properties("a", deep)),
                Arguments.of("odd headers", new byte[] {2}, properties("a", odd)),
                Arguments.of(
                        "a reply address",
                        new byte[] {3},
                        new AMQP.BasicProperties.Builder()
                                .replyTo("amq.rabbitmq.reply-to")
                                .correlationId("c")
                                .messageId("m")
                                .timestamp(new Date(Long.MAX_VALUE / 1000))
                                .build()),
                Arguments.of("large", new byte[24 << 20], new AMQP.BasicProperties()));
    }

    private static AMQP.BasicProperties properties(String contentType, Map<String, Object> headers) {
        return new AMQP.BasicProperties.Builder()
                .contentType(contentType)
                .headers(headers)
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("anything")
    void keepsAnything(String name, byte[] body, AMQP.BasicProperties properties) throws Exception {
        publisher.putAside(body, properties);
        await().atMost(Duration.ofMinutes(1)).until(() -> letters("open").size() == 1);

        DeadLetter letter = letter(letters("open").get(0).getId());

        assertThat(jdbc.queryForObject("SELECT body FROM dead_letters", byte[].class))
                .isEqualTo(body);
        assertThat(letter.getReason()).matches("[A-Z0-9_]+");
        assertThat(letter.getError()).isNotBlank();
        assertThat(letter.getQueue()).isEmpty();
        assertThat(letter.getVideoId()).isEmpty();
        if (letter.getBodyEncoding().equals("base64")) {
            assertThat(Base64.getDecoder().decode(letter.getBody())).isEqualTo(body);
        } else if (letter.hasBody()) {
            assertThat(letter.getBody().getBytes(UTF_8)).isEqualTo(body);
        }
        await().until(() -> publisher.waiting("DeadLetters") == 0);
    }

    @Test
    void keepsOnceWhatIsDeliveredTwice() throws Exception {
        AMQP.BasicProperties first = properties("a", Map.of("x-service", "encode", "x-delivery-count", 0));
        publisher.putAside(new byte[] {1}, first);
        publisher.putAside(
                new byte[] {1},
                properties(
                        "a",
                        Map.of(
                                "x-service",
                                "encode",
                                "x-delivery-count",
                                1,
                                "spring_returned_message_correlation",
                                "another")));
        publisher.putAside(new byte[] {1}, properties("a", Map.of("x-service", "upload")));
        publisher.putAside(new byte[] {2}, first);
        await().until(() -> letters("open").size() >= 3 && publisher.waiting("DeadLetters") == 0);

        assertThat(letters("open")).hasSize(3);

        // What is over comes anew.
        letters("open").forEach(letter -> admin().discardDeadLetter(DiscardDeadLetterRequest.newBuilder()
                .setId(letter.getId())
                .build()));
        publisher.putAside(new byte[] {2}, first);
        assertThat(awaitLetter().getService()).isEqualTo("encode");
    }

    @Test
    void listsLettersNewestFirstByStateAndVideo() throws Exception {
        for (int minute = 1; minute <= 5; minute++) {
            publisher.putAside(
                    new byte[] {(byte) minute},
                    new AMQP.BasicProperties.Builder()
                            .timestamp(Date.from(Instant.parse("2026-01-01T00:0" + minute + ":00Z")))
                            .headers(Map.of("x-video-id", "v-" + minute % 2))
                            .build());
        }
        await().until(() -> letters("").size() == 5);
        long newest = letters("").get(0).getId();
        admin().discardDeadLetter(
                        DiscardDeadLetterRequest.newBuilder().setId(newest).build());

        FindDeadLettersResponseData page = admin().findDeadLetters(FindDeadLettersRequest.newBuilder()
                        .setPage(2)
                        .setSize(3)
                        .build())
                .getData();
        FindDeadLettersResponseData ofVideo = admin().findDeadLetters(
                        FindDeadLettersRequest.newBuilder().setVideoId("v-1").build())
                .getData();

        assertThat(page.getTotal()).isEqualTo(4);
        assertThat(page.getPage()).isEqualTo(2);
        assertThat(page.getDeadLettersList()).singleElement().satisfies(letter -> {
            assertThat(letter.getFailedAt()).isEqualTo("2026-01-01T00:01:00Z");
            assertThat(letter.hasBody()).isFalse();
            assertThat(letter.hasHeaders()).isFalse();
        });
        assertThat(ofVideo.getDeadLettersList())
                .extracting(DeadLetter::getFailedAt)
                .containsExactly("2026-01-01T00:03:00Z", "2026-01-01T00:01:00Z");
        assertThat(letters("discarded")).extracting(DeadLetter::getId).containsExactly(newest);
        Fault wrong = fault(() -> admin().findDeadLetters(FindDeadLettersRequest.newBuilder()
                .setState("shut")
                .setPage(-1)
                .build()));
        assertThat(wrong.fieldErrors()).containsOnlyKeys("state", "page");
    }

    @Test
    void replaysToTheQueueThatItCameFrom() throws Exception {
        byte[] binary = {0, 1, (byte) 0xff};
        publisher.putAside(
                binary,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/x-odd")
                        .headers(Map.of(
                                "x-origin-queue",
                                QUEUE,
                                "x-failure",
                                "once",
                                "x-request-id",
                                "request-9",
                                "traceparent",
                                "00-" + TRACE + "-b7ad6b7169203331-01"))
                        .build());
        long id = awaitLetter().getId();

        replay(id);

        GetResponse message = publisher.take(QUEUE);
        assertThat(message.getBody()).isEqualTo(binary);
        assertThat(message.getProps().getContentType()).isEqualTo("application/x-odd");
        assertThat(message.getProps().getDeliveryMode()).isEqualTo(2);
        assertThat(message.getProps().getHeaders())
                .containsKeys("traceparent", "x-request-id")
                .doesNotContainKeys("x-origin-queue", "x-failure");
        assertThat(letters("open")).isEmpty();
        assertThat(letters("replayed")).extracting(DeadLetter::getId).containsExactly(id);
        assertThat(refusal(() -> replay(id))).isEqualTo("DEAD_LETTER_CLOSED");
        assertThat(refusal(() -> edit(id, "{}"))).isEqualTo("DEAD_LETTER_CLOSED");
        assertThat(refusal(() -> discard(id))).isEqualTo("DEAD_LETTER_CLOSED");
    }

    @Test
    void replaysWhatTheOperatorMadeOfIt() throws Exception {
        publisher.putAside("{broken".getBytes(UTF_8), properties("application/json", Map.of("x-origin-queue", QUEUE)));
        long id = awaitLetter().getId();

        DeadLetter once = edit(id, "{\"mended\": \"ünïcode\"}");
        edit(id, "{\"mended\": 2}");
        replay(id);

        assertThat(once.getEdited()).isTrue();
        assertThat(once.getBody()).isEqualTo("{\"mended\": \"ünïcode\"}");
        assertThat(publisher.take(QUEUE).getBody()).asString(UTF_8).isEqualTo("{\"mended\": 2}");
        assertThat(jdbc.queryForObject("SELECT original_body FROM dead_letters", byte[].class))
                .asString(UTF_8)
                .isEqualTo("{broken");
        assertThat(fault(() -> edit(id, "")).fieldErrors()).containsOnlyKeys("body");
    }

    @Test
    void mendsAnEventAndHasItRecorded() throws Exception {
        Messages messages = Messages.about(newUser(), "Mended");
        publisher.sendTo(Publisher.COMPLETED_QUEUE, messages.completed().replace("\"user_id\": ", "\"user_id\": -"));
        DeadLetter letter = awaitLetter();

        replay(letter.getId());
        DeadLetter again = awaitLetter();
        edit(again.getId(), messages.completed());
        replay(again.getId());

        assertThat(again.getId()).isNotEqualTo(letter.getId());
        await().until(() -> state(messages).equals("ready"));
        assertThat(letters("open")).isEmpty();
    }

    /** Nobody has such a message, so it must neither be lost nor be shown as replayed. */
    @Test
    void showsAsOpenWhatNoQueueTakesUntilOneIsThere() throws Exception {
        String missing = "MissingQueue";
        publisher.putAside(new byte[] {1}, properties("a", Map.of("x-origin-queue", missing, "x-failure", "at first")));
        long id = awaitLetter().getId();

        replay(id);
        await().until(() -> letter(id).getError().startsWith("Its replay waits"));
        DeadLetter waiting = letter(id);
        assertThat(waiting.getState()).isEqualTo("open");
        assertThat(waiting.getError()).contains(missing, "at first");
        assertThat(letters("open")).extracting(DeadLetter::getId).containsExactly(id);
        assertThat(letters("replayed")).isEmpty();

        publisher.declare(missing);
        replay(id);
        assertThat(publisher.take(missing).getBody()).isEqualTo(new byte[] {1});
        await().until(() -> letter(id).getState().equals("replayed"));
        assertThat(letter(id).getError()).isEqualTo("at first");
        publisher.delete(missing);
    }

    @Test
    void withdrawsAReplayThatWaits() throws Exception {
        String missing = "QueueOfOldTimes";
        publisher.putAside(new byte[] {1}, properties("a", Map.of("x-origin-queue", missing)));
        long id = awaitLetter().getId();
        replay(id);
        await().until(() -> letter(id).getError().startsWith("Its replay waits"));

        // While it is being tried again this is refused.
        await().ignoreExceptions().until(() -> edit(id, "another").getState().equals("open"));
        assertThat(letter(id).getError()).doesNotContain("replay waits");
        replay(id);
        await().until(() -> letter(id).getError().startsWith("Its replay waits"));
        await().ignoreExceptions().until(() -> {
            discard(id);
            return true;
        });

        assertThat(letter(id).getState()).isEqualTo("discarded");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox", Integer.class))
                .isZero();
    }

    @Test
    void replaysNothingWhoseQueueIsNotKnown() throws Exception {
        publisher.putAside(new byte[] {1}, new AMQP.BasicProperties());
        long id = awaitLetter().getId();

        assertThat(refusal(() -> replay(id))).isEqualTo("QUEUE_UNKNOWN");
        discard(id);
        assertThat(letter(id).getState()).isEqualTo("discarded");
    }

    @Test
    void knowsNoOtherLetters() {
        List<ThrowingCallable> calls =
                List.of(() -> letter(-1), () -> edit(-1, "x"), () -> replay(-1), () -> discard(-1));

        assertThat(calls).allSatisfy(call -> assertThat(fault(call).reason()).isEqualTo("DEAD_LETTER_UNKNOWN"));
    }

    @Test
    void isForAdministratorsAlone() {
        FindDeadLetterRequest request = FindDeadLetterRequest.getDefaultInstance();

        assertThat(fault(() -> anybody().findDeadLetter(request)).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        var user = as(newUser());
        assertThat(Stream.<ThrowingCallable>of(
                        () -> user.findDeadLetters(FindDeadLettersRequest.getDefaultInstance()),
                        () -> user.findDeadLetter(request),
                        () -> user.editDeadLetter(EditDeadLetterRequest.getDefaultInstance()),
                        () -> user.replayDeadLetter(ReplayDeadLetterRequest.getDefaultInstance()),
                        () -> user.discardDeadLetter(DiscardDeadLetterRequest.getDefaultInstance())))
                .allSatisfy(refused -> assertThat(fault(refused).code()).isEqualTo(Status.Code.PERMISSION_DENIED));
    }

    private DeadLetter edit(long id, String body) {
        return admin().editDeadLetter(EditDeadLetterRequest.newBuilder()
                        .setId(id)
                        .setBody(body)
                        .build())
                .getData()
                .getDeadLetter();
    }

    private void replay(long id) {
        admin().replayDeadLetter(ReplayDeadLetterRequest.newBuilder().setId(id).build());
    }

    private void discard(long id) {
        admin().discardDeadLetter(
                        DiscardDeadLetterRequest.newBuilder().setId(id).build());
    }

    private static String refusal(ThrowingCallable call) {
        Fault fault = fault(call);
        assertThat(fault.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        return fault.reason();
    }
}
