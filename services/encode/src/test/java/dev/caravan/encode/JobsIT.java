package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.Attempt;
import dev.caravan.proto.encode.CancelRequest;
import dev.caravan.proto.encode.Encoding;
import dev.caravan.proto.encode.FindEncodingRequest;
import dev.caravan.proto.encode.PrioritizeRequest;
import dev.caravan.proto.encode.ReencodeRequest;
import dev.caravan.proto.encode.WaitsFor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.SerializationUtils;

/** What owners and administrators do with jobs, by encode-find-encoding, encode-cancel, encode-reencode and encode-prioritize. */
class JobsIT extends EncodeTestBase {

    private static final String QUEUE = Servers.jobs("main");

    private Map<String, String> properties;
    private ConfigurableApplicationContext worker;

    @BeforeAll
    void startWorker() {
        properties = servers.properties("main");
        properties.put("encode.style.preset", "veryslow");
        properties.put("encode.orphans-after", "PT0S");
        properties.put("caravan.measure-period", "300");
        worker = start(properties);
    }

    @AfterAll
    void stopWorker() {
        worker.close();
    }

    @Test
    void tellsHowAnEncodingWent() {
        upload("told", small());
        insertAbandoned(worker, "told", 1, 0);
        bus.outcome("told");

        Encoding encoding = find("told");

        assertThat(encoding.getState()).isEqualTo("succeeded");
        assertThat(encoding.getProgress()).isEqualTo(100);
        assertThat(encoding.hasReason()).isFalse();
        assertThat(encoding.getAttemptsList()).extracting(Attempt::getOutcome).containsExactly("lost", "succeeded");
        Attempt lost = encoding.getAttempts(0);
        assertThat(lost.getWorker()).isEqualTo("dead");
        assertThat(lost.getError()).contains("worker ended");
        assertThat(Instant.parse(lost.getEndedAt())).isAfterOrEqualTo(Instant.parse(lost.getStartedAt()));
        assertThat(encoding.getAttempts(1).getWorker()).startsWith("worker-");
    }

    @Test
    void measuresWhatItEncodesAndWhatWaits() {
        String route = "measure-work";
        MeterRegistry meters = worker.getBean(MeterRegistry.class);
        double seconds = meters.counter("encode.video.seconds").count();
        upload("measured", small());
        insertWaiting(worker, "measured", 1);
        insertWaiting(worker, "later", 1, "now() + interval '1 hour'");
        bus.outcome("measured");

        assertThat(meters.counter("encode.video.seconds").count() - seconds).isBetween(0.9, 1.1);
        assertThat(meters.counter("encode.source.bytes").count()).isPositive();
        assertThat(meters.counter("encode.output.bytes").count()).isPositive();
        assertThat(meters.summary("encode.speed").max()).isPositive();
        patiently().alias(route).untilAsserted(() -> assertThat(
                        meters.find("queue.depth").tag("queue", "jobs").gauges())
                .anySatisfy(gauge -> assertThat(gauge.value()).isPositive()));
        jdbc(worker).update("delete from jobs where video_id = 'later'");
    }

    @Test
    void isNobodysBusinessButTheOwnersAndTheAdministrators() {
        insertWaiting(worker, "private", 7);
        bus.outcome("private");

        assertThat(fault(() -> find("private")).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> cancel("private")).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> call(properties, stub -> stub.reencode(reencoding("private"))))
                        .code())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> find("unknown")).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> reencode("unknown")).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(callAs(
                                properties,
                                1,
                                "admin",
                                stub -> stub.findEncoding(FindEncodingRequest.newBuilder()
                                        .setVideoId("private")
                                        .build()))
                        .getData()
                        .getEncoding()
                        .getReason())
                .isEqualTo("MISSING");
    }

    @Test
    void cancelsAnEncodingThatRuns() {
        upload("unwanted", heavy());
        bus.send(QUEUE, Messages.uploaded("unwanted", ""));
        awaitProgress(properties, "unwanted");
        assertThat(fault(() -> reencode("unwanted")).code()).isEqualTo(Status.Code.FAILED_PRECONDITION);

        cancel("unwanted");

        JsonNode event = bus.outcome("unwanted");
        assertThat(key(event)).isEqualTo("VideoEncodingFailed");
        assertThat(attempt(event)).isEqualTo(1);
        assertThat(event.path("data").path("title").asText()).isEqualTo("A title");
        assertThat(event.path("data").path("reason").asText()).isEqualTo("CANCELLED");
        assertThat(event.path("data").path("failure").asText()).isEqualTo("The encoding was cancelled.");
        patiently().until(() -> !isEncoding());
        assertThat(find("unwanted").getState()).isEqualTo("cancelled");
        assertThat(outcomes(worker, "unwanted")).containsExactly("cancelled");
        assertThat(fault(() -> cancel("unwanted")).code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        // The place is free again, nothing more is said, and a message that comes late changes nothing.
        bus.send(QUEUE, Messages.uploaded("unwanted", ""));
        upload("after-unwanted", small());
        bus.send(QUEUE, Messages.uploaded("after-unwanted", ""));
        assertThat(key(bus.outcome("after-unwanted"))).isEqualTo("VideoEncodingCompleted");
        assertThat(bus.hasOutcome("unwanted")).isFalse();
    }

    @Test
    void cancelsAnEncodingThatWaits() {
        insertWaiting(worker, "patient", Messages.OWNER, "now() + interval '1 day'");
        assertThat(Instant.parse(find("patient").getNextAttemptAt())).isAfter(Instant.now());

        cancel("patient");

        JsonNode event = bus.outcome("patient");
        assertThat(event.path("data").path("reason").asText()).isEqualTo("CANCELLED");
        assertThat(attempt(event)).isZero();
        assertThat(find("patient").getReason()).isEqualTo("CANCELLED");
    }

    @Test
    void saysThatItTriesAgainWhatThePlatformFailedAt() {
        insertWaiting(worker, "failed-once", Messages.OWNER, "now() + interval '1 hour'");
        jdbc(worker).update("update jobs set failures = 1 where video_id = 'failed-once'");

        Encoding encoding = find("failed-once");

        assertThat(encoding.getWaitsFor().getReason()).isEqualTo("RETRY");
        assertThat(encoding.getWaitsFor().getExpectedAt()).isEqualTo(encoding.getNextAttemptAt());
        assertThat(encoding.getWaitsFor().hasPosition()).isFalse();
        cancel("failed-once");
        assertThat(bus.outcome("failed-once")).isNotNull();
        assertThat(find("failed-once").hasWaitsFor()).isFalse();
    }

    @Test
    void saysWhyAVideoWaitsAtWhichPlaceAndWhenItsTurnIsExpected() throws Exception {
        stopRoutes(worker, "encode-claim", "encode-recover");
        try {
            // Two of others run, an attempt took 60 s of late, and two of others are before the second of this owner.
            jdbc(worker).update("delete from attempts");
            jdbc(worker).update("delete from jobs");
            running("runs-1", 101);
            running("runs-2", 102);
            ended("runs-1", 60);
            insertWaiting(worker, "other-1", 103);
            insertWaiting(worker, "own-1", Messages.OWNER);
            insertWaiting(worker, "own-2", Messages.OWNER);

            WaitsFor first = find("own-1").getWaitsFor();
            WaitsFor second = find("own-2").getWaitsFor();

            assertThat(first.getReason()).isEqualTo("WORKER");
            assertThat(first.getPosition()).isEqualTo(2);
            assertThat(first.getDetail()).isEqualTo("One video is before it.");
            assertThat(second.getPosition()).isEqualTo(3);
            assertThat(second.getPositionExact()).isTrue();
            assertThat(second.getDetail()).isEqualTo("2 videos are before it.");
            // Each of the two places becomes free every 60 s, so the third begins after 90 s.
            assertThat(Duration.between(databaseNow(), Instant.parse(second.getExpectedAt())))
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));

            jdbc(worker)
                    .update(
                            "insert into jobs (video_id, user_id, turn, delivery) select 'crowd-' || n, 1000 + n, -1, 'x'"
                                    + " from generate_series(1, 1001) as n");
            WaitsFor far = find("own-1").getWaitsFor();
            assertThat(far.getPosition()).isEqualTo(1001);
            assertThat(far.getPositionExact()).isFalse();
            jdbc(worker).update("delete from jobs where video_id like 'crowd-%'");

            for (int i = 0; i < 4; i++) {
                running("own-runs-" + i, Messages.OWNER);
            }
            assertThat(find("own-1").getWaitsFor().getReason()).isEqualTo("OWN_VIDEOS");
            assertThat(find("own-1").getWaitsFor().hasExpectedAt()).isFalse();

            jdbc(worker).update("delete from attempts");
            jdbc(worker).update("delete from jobs where state = 'running'");
            jdbc(worker).update("update jobs set not_before = now() - interval '2 minutes'");
            assertThat(find("own-1").getWaitsFor().getReason()).isEqualTo("NO_WORKER");
            assertThat(find("own-1").getWaitsFor().hasExpectedAt()).isFalse();
        } finally {
            jdbc(worker).update("delete from attempts");
            jdbc(worker).update("delete from jobs");
            startRoutes(worker, "encode-claim", "encode-recover");
        }
    }

    @Test
    void saysHowUrgentAVideoIsToAdministratorsAloneAndFiftyIfNobodySaidAnything() {
        insertWaiting(worker, "plain", Messages.OWNER, "now() + interval '1 day'");

        assertThat(find("plain").hasPriority()).isFalse();
        assertThat(priority("plain")).isEqualTo(50);

        prioritize("plain", 80);
        assertThat(priority("plain")).isEqualTo(80);

        cancel("plain");
        assertThat(bus.outcome("plain")).isNotNull();
        assertThat(fault(() -> prioritize("plain", 90)).code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(fault(() -> prioritize("nowhere", 90)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(priority("plain")).isEqualTo(80);
    }

    @Test
    void isMadeUrgentByAdministratorsAlone() {
        insertWaiting(worker, "wished", Messages.OWNER, "now() + interval '1 day'");

        assertThat(fault(() -> call(properties, stub -> stub.prioritize(prioritizing("wished", 100))))
                        .code())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(priority("wished")).isEqualTo(50);
        jdbc(worker).update("delete from jobs where video_id = 'wished'");
    }

    @Test
    void refusesAPriorityThatThereIsNot() {
        insertWaiting(worker, "bounded", Messages.OWNER, "now() + interval '1 day'");

        for (int priority : new int[] {-1, 101}) {
            Fault fault = fault(() -> prioritize("bounded", priority));
            assertThat(fault.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(fault.fieldErrors()).containsOnlyKeys("priority");
        }
        PrioritizeRequest nothing =
                PrioritizeRequest.newBuilder().setVideoId("bounded").build();
        assertThat(fault(() -> callAs(properties, 1, "admin", stub -> stub.prioritize(nothing)))
                        .code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        for (int priority : new int[] {0, 100}) {
            prioritize("bounded", priority);
            assertThat(priority("bounded")).isEqualTo(priority);
        }
        jdbc(worker).update("delete from jobs where video_id = 'bounded'");
    }

    @Test
    void keepsHowUrgentAVideoIsWhenItIsEncodedAgainAndWhenItsDeadLetterIsReplayed() throws Exception {
        stopRoutes(worker, "encode-claim");
        try {
            insertWaiting(worker, "kept-urgent", Messages.OWNER);
            prioritize("kept-urgent", 80);
            cancel("kept-urgent");
            bus.outcome("kept-urgent");

            reencode("kept-urgent");
            assertThat(priority("kept-urgent")).isEqualTo(80);

            jdbc(worker)
                    .update(
                            "update jobs set state = 'failed', reason = 'SERVICE_FAULT' where video_id = 'kept-urgent'");
            bus.send(QUEUE, Messages.uploaded("kept-urgent", ""));
            patiently().until(() -> state(worker, "kept-urgent").equals("waiting"));
            assertThat(priority("kept-urgent")).isEqualTo(80);
        } finally {
            jdbc(worker).update("delete from jobs where video_id = 'kept-urgent'");
            startRoutes(worker, "encode-claim");
        }
    }

    @Test
    void tellsAtWhichPlaceAVideoWaitsByPriorityAndThenByTurn() throws Exception {
        stopRoutes(worker, "encode-claim", "encode-recover");
        try {
            jdbc(worker).update("delete from attempts");
            jdbc(worker).update("delete from jobs");
            insertWaiting(worker, "first", Messages.OWNER);
            insertWaiting(worker, "second", Messages.OWNER);
            insertWaiting(worker, "third", Messages.OWNER);
            assertThat(places("first", "second", "third")).containsExactly(1, 2, 3);

            prioritize("third", 51);
            prioritize("first", 0);

            assertThat(places("first", "second", "third")).containsExactly(3, 2, 1);
            jdbc(worker)
                    .update(
                            "insert into jobs (video_id, user_id, priority, delivery) select 'crowd-' || n, 1000 + n, 60, 'x'"
                                    + " from generate_series(1, 1001) as n");
            assertThat(find("second").getWaitsFor().getPosition()).isEqualTo(1001);
            assertThat(find("second").getWaitsFor().getPositionExact()).isFalse();
        } finally {
            jdbc(worker).update("delete from jobs");
            startRoutes(worker, "encode-claim", "encode-recover");
        }
    }

    private List<Integer> places(String... ids) {
        return Stream.of(ids).map(id -> find(id).getWaitsFor().getPosition()).toList();
    }

    private void running(String id, int user) {
        jdbc(worker)
                .update(
                        "insert into jobs (video_id, user_id, delivery, state, attempt, worker, lease_until)"
                                + " values (?, ?, 'x', 'running', 1, 'other', now() + interval '1 hour')",
                        id,
                        user);
    }

    private void ended(String id, int seconds) {
        jdbc(worker)
                .update(
                        "insert into attempts (video_id, number, worker, started_at, ended_at, outcome)"
                                + " values (?, 1, 'other', now() - ? * interval '1 second', now(), 'succeeded')",
                        id,
                        seconds);
    }

    private Instant databaseNow() {
        return jdbc(worker).queryForObject("select now()", Timestamp.class).toInstant();
    }

    @Test
    void encodesAgainToAnotherFolderAndSweepsTheFormerOne() {
        upload("again", small());
        bus.send(QUEUE, Messages.uploaded("again", ""));
        assertThat(bus.outcome("again").path("data").path("path").asText()).isEqualTo("encoded-videos/again/1");
        assertThat(stored("again")).contains("1/master.mpd");
        upload("again", clips.make("-f lavfi -i testsrc2=s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4"));

        reencode("again");

        JsonNode event = bus.outcome("again");
        assertThat(attempt(event)).isEqualTo(2);
        assertThat(event.path("data").path("path").asText()).isEqualTo("encoded-videos/again/2");
        assertThat(event.path("data").path("width").asInt()).isEqualTo(128);
        patiently()
                .untilAsserted(() -> assertThat(stored("again")).isNotEmpty().allMatch(name -> name.startsWith("2/")));
        assertThat(stored("again")).contains("2/master.mpd", "2/thumbnail-320.jpg");
    }

    @Test
    void keepsWhatIsWatchedWhileAnotherEncodingFails() throws Exception {
        upload("kept", small());
        bus.send(QUEUE, Messages.uploaded("kept", ""));
        bus.outcome("kept");
        upload("kept", clips.text("kept", "no video"));

        reencode("kept");

        assertThat(bus.outcome("kept").path("data").path("reason").asText()).isEqualTo("NOT_A_VIDEO");
        patiently().until(() -> jdbc(worker)
                .queryForList("select prefix from orphans where video_id = 'kept'", String.class)
                .contains("encoded-videos/kept/2/"));
        assertThat(stored("kept")).contains("1/master.mpd");
        assertThat(jdbc(worker).queryForList("select prefix from orphans where video_id = 'kept'", String.class))
                .doesNotContain("encoded-videos/kept/1/");
    }

    @Test
    void sweepsMoreThanOneLookShowsAndForgetsAFolderThatIsEmpty() {
        insertAbandoned(worker, "messy", 9, 0);
        for (int i = 0; i < 1100; i++) {
            String name = "encoded-videos/messy/9/segment-" + i;
            s3.putObject(
                    request -> request.bucket(Servers.BUCKET).key(name),
                    software.amazon.awssdk.core.sync.RequestBody.empty());
        }
        bus.outcome("messy");
        jdbc(worker).update("update orphans set keep_until = now(), sweep_after = now() where video_id = 'messy'");

        patiently().until(() -> stored("messy").isEmpty());
        patiently().until(() -> jdbc(worker)
                .queryForList("select prefix from orphans where prefix = 'encoded-videos/messy/9/'")
                .isEmpty());
        assertThat(jdbc(worker)
                        .queryForObject(
                                "select swept_at is not null from attempts where video_id = 'messy' and number = 9",
                                Boolean.class))
                .isTrue();
    }

    @Test
    void keepsWhatAFailedAttemptLeftUntilItsVideoIsReadyOrFails() throws Exception {
        stopRoutes(worker, "encode-claim");
        try {
            insertWaiting(worker, "half", Messages.OWNER);
            abandon("half");
            abandon("stray");

            patiently().until(() -> stored("stray").isEmpty());
            assertThat(stored("half")).containsExactly("1/first-0.m4s");

            jdbc(worker).update("update jobs set state = 'failed' where video_id = 'half'");
            patiently().until(() -> stored("half").isEmpty());
        } finally {
            jdbc(worker).update("delete from jobs where video_id = 'half'");
            startRoutes(worker, "encode-claim");
        }
    }

    /** An attempt that stored something and failed. */
    private void abandon(String id) {
        String prefix = "encoded-videos/" + id + "/1/";
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(prefix + "first-0.m4s"),
                software.amazon.awssdk.core.sync.RequestBody.empty());
        jdbc(worker)
                .update(
                        "insert into orphans (prefix, video_id, number, sweep_after, keep_until)"
                                + " values (?, ?, 1, now(), now())",
                        prefix,
                        id);
    }

    @Test
    void leavesNothingOfADeletedVideoAndNoLateMessageRevivesIt() {
        upload("gone", small());
        bus.send(QUEUE, Messages.uploaded("gone", ""));
        bus.outcome("gone");
        assertThat(stored("gone")).isNotEmpty();

        bus.publish("VideoDeleted", Messages.deleted("gone"));
        bus.send(Servers.events("main"), Messages.deleted("gone"));
        bus.send(Servers.events("main"), Messages.deleted("never-here"));

        patiently().until(() -> stored("gone").isEmpty());
        patiently().until(() -> state(worker, "never-here").equals("deleted"));
        assertThat(fault(() -> find("gone")).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> reencode("gone")).code()).isEqualTo(Status.Code.NOT_FOUND);
        bus.send(QUEUE, Messages.uploaded("gone", ""));
        bus.send(QUEUE, Messages.uploaded("never-here", ""));
        upload("after-gone", small());
        bus.send(QUEUE, Messages.uploaded("after-gone", ""));
        bus.outcome("after-gone");
        assertThat(state(worker, "gone")).isEqualTo("deleted");
        assertThat(state(worker, "never-here")).isEqualTo("deleted");
        assertThat(bus.hasOutcome("gone")).isFalse();
        assertThat(bus.hasOutcome("never-here")).isFalse();
    }

    @Test
    void endsTheEncodingOfAVideoThatIsDeletedMeanwhile() {
        upload("vanished", heavy());
        bus.send(QUEUE, Messages.uploaded("vanished", ""));
        awaitProgress(properties, "vanished");

        bus.send(Servers.events("main"), Messages.deleted("vanished"));

        patiently().until(() -> !isEncoding());
        patiently().until(() -> stored("vanished").isEmpty());
        assertThat(outcomes(worker, "vanished")).containsExactly("cancelled");
        assertThat(bus.hasOutcome("vanished")).isFalse();
    }

    @Test
    void letsHeadersOfAMessageSetNothing() {
        upload("steered", small());
        upload("evil", small());

        bus.send(
                QUEUE,
                MessageBuilder.withBody(Clips.utf8(Messages.uploaded("steered", "")))
                        .setContentType("application/json")
                        .setHeader("CamelSqlQuery", "delete from jobs")
                        .setHeader("cAmElSqlQuery", "delete from jobs")
                        .setHeader("CamelAwsS3Key", "raw-videos/evil")
                        .setHeader("CamelAwsS3BucketName", "evil")
                        .setHeader("CamelFileName", "../../evil")
                        .setHeader("CamelSpringRabbitmqRoutingOverrideKey", "evil")
                        .setHeader("CamelSpringRabbitmqExchangeOverrideName", "evil")
                        .setHeader("CamelHttpUri", "http://127.0.0.1:1/evil")
                        .setHeader("videoId", "evil")
                        .setHeader("rpc", "cancel")
                        .build());

        assertThat(bus.outcome("steered").path("data").path("path").asText()).isEqualTo("encoded-videos/steered/1");
        assertThat(stored("steered")).contains("1/master.mpd");
        assertThat(state(worker, "evil")).isEmpty();
        assertThat(stored("evil")).isEmpty();
    }

    @Test
    void readsNoObjectsAndPutsAsideWhatCallsItselfTextOfNoEncoding() {
        byte[] object = SerializationUtils.serialize(new Bomb());
        upload("after-objects", small());

        for (String queue : List.of(QUEUE, Servers.events("main"))) {
            bus.send(
                    queue,
                    MessageBuilder.withBody(object)
                            .setContentType("application/x-java-serialized-object")
                            .build());
            bus.send(
                    queue,
                    MessageBuilder.withBody(Clips.utf8("text"))
                            .setContentType("text/plain")
                            .setContentEncoding("no-such-encoding")
                            .build());
        }
        bus.send(QUEUE, Messages.uploaded("after-objects", ""));

        assertThat(key(bus.outcome("after-objects"))).isEqualTo("VideoEncodingCompleted");
        List<byte[]> letters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            letters.add(bus.next(Bus.DEAD_LETTERS).getBody());
        }
        assertThat(letters).containsExactlyInAnyOrder(object, object, Clips.utf8("text"), Clips.utf8("text"));
        assertThat(Bomb.WENT_OFF).isFalse();
    }

    /** Goes off when it is read from bytes. */
    private static final class Bomb implements Serializable {

        @Serial
        private static final long serialVersionUID = 1;

        static final AtomicBoolean WENT_OFF = new AtomicBoolean();

        @Serial
        private void readObject(ObjectInputStream input) {
            WENT_OFF.set(true);
        }
    }

    @Test
    void saysThatTheDatabaseIsDown() {
        servers.stopDatabase();
        try {
            assertThat(fault(() -> find("any")).code()).isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            servers.startDatabase();
        }
        patiently().until(() -> fault(() -> find("any")).code() == Status.Code.NOT_FOUND);
    }

    private Encoding find(String id) {
        return call(
                        properties,
                        stub -> stub.findEncoding(
                                FindEncodingRequest.newBuilder().setVideoId(id).build()))
                .getData()
                .getEncoding();
    }

    private void cancel(String id) {
        assertThat(call(
                                properties,
                                stub -> stub.cancel(CancelRequest.newBuilder()
                                        .setVideoId(id)
                                        .build()))
                        .getMessage())
                .isEqualTo("Success");
    }

    private void reencode(String id) {
        assertThat(callAs(properties, 1, "admin", stub -> stub.reencode(reencoding(id)))
                        .getMessage())
                .isEqualTo("Success");
    }

    private void prioritize(String id, int priority) {
        assertThat(callAs(properties, 1, "admin", stub -> stub.prioritize(prioritizing(id, priority)))
                        .getMessage())
                .isEqualTo("Success");
    }

    private static PrioritizeRequest prioritizing(String id, int priority) {
        return PrioritizeRequest.newBuilder()
                .setVideoId(id)
                .setPriority(priority)
                .build();
    }

    /** As an administrator sees it. */
    private int priority(String id) {
        return callAs(
                        properties,
                        1,
                        "admin",
                        stub -> stub.findEncoding(
                                FindEncodingRequest.newBuilder().setVideoId(id).build()))
                .getData()
                .getEncoding()
                .getPriority();
    }

    private static ReencodeRequest reencoding(String id) {
        return ReencodeRequest.newBuilder().setVideoId(id).build();
    }

    private static Fault fault(ThrowingCallable call) {
        return Fault.from(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
