package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.caravan.proto.videocatalog.CreateLinkRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindStatisticsRequest;
import dev.caravan.proto.videocatalog.PlaybackReport;
import dev.caravan.proto.videocatalog.RecordPlaybackRequest;
import dev.caravan.proto.videocatalog.Statistics;
import dev.caravan.proto.videocatalog.Stretch;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * What players report and what owners are told of it: video-catalog-record-playback, video-catalog-count-playback,
 * video-catalog-find-statistics, video-catalog-refuse-statistics.
 */
class PlaybackIT extends CatalogTestBase {

    @Value("${cdn.url}")
    private URI cdn;

    @Autowired
    private MeterRegistry meters;

    private Messages messages;
    private VideoCatalogServiceBlockingStub owner;
    private int id;

    /** A video of 100 s. */
    @BeforeEach
    void store() throws Exception {
        messages = Messages.about(newUser(), "Watched");
        id = ready(messages);
        jdbc.update("UPDATE videos SET duration = 100, duration_ms = 100000 WHERE id = ?", id);
        owner = as(messages.userId());
    }

    @Test
    void tellsTheOwnerHowOftenAndHowLongAVideoWasWatchedAndWhereViewersLeft() {
        record(anybody(), "address 1", report("a", 0).setFirstFrameMs(400), played("a", 1, 0, 10_000));
        record(anybody(), "address 1", played("a", 2, 10_000, 50_000));
        record(anybody(), "address 2", report("b", 0).setFirstFrameMs(4000), played("b", 1, 0, 20_000));
        record(
                anybody(),
                "address 2",
                report("b", 2).setStalled(true),
                report("b", 3).setError("fragLoadError"));

        Statistics statistics = counted();

        assertThat(statistics.getViews()).isEqualTo(2);
        assertThat(statistics.getSessions()).isEqualTo(2);
        assertThat(statistics.getWatchedSeconds()).isEqualTo(70);
        assertThat(statistics.getStalls()).isEqualTo(1);
        assertThat(statistics.getErrors()).isEqualTo(1);
        assertThat(statistics.getRetentionList()).hasSize(100);
        assertThat(statistics.getRetentionList().subList(0, 20)).containsOnly(1.0);
        assertThat(statistics.getRetentionList().subList(20, 50)).containsOnly(0.5);
        assertThat(statistics.getRetentionList().subList(50, 100)).containsOnly(0.0);
        // Half of two is the first of them; steps are 15 % wide.
        assertThat(statistics.getFirstFrameMedianMs()).isCloseTo(400, within(30));
        assertThat(statistics.getFirstFrameP95Ms()).isCloseTo(4000, within(300));
        assertThat(statistics.getDaysList()).singleElement().satisfies(day -> {
            assertThat(day.getViews()).isEqualTo(2);
            assertThat(day.getWatchedSeconds()).isEqualTo(70);
            assertThat(day.getDay())
                    .isEqualTo(jdbc.queryForObject(
                            "SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')", String.class));
        });
        assertThat(statistics(admin())).as("video-catalog-find-statistics").isEqualTo(statistics);
    }

    @Test
    void countsAReportOnceHoweverOftenItComesAlsoAfterItWasCounted() {
        PlaybackReport.Builder first = played("a", 1, 0, 10_000);
        PlaybackReport.Builder second = played("a", 2, 10_000, 20_000);
        record(anybody(), "address 1", first, first, second);
        Statistics once = counted();

        record(anybody(), "address 1", second, first);
        record(anybody(), "address 9", first);

        assertThat(counted()).isEqualTo(once);
        assertThat(once.getWatchedSeconds()).as("video-catalog-record-playback").isEqualTo(20);
        assertThat(once.getViews()).isEqualTo(1);
    }

    @Test
    void countsAViewerOnceADayAndWhatIsPlayedAgainAsTimeButNotAsAnotherWhoGotThere() {
        record(anybody(), "address 1", played("a", 1, 0, 50_000));
        counted();
        record(anybody(), "address 1", played("b", 1, 0, 50_000), played("b", 2, 0, 50_000));
        record(anybody(), "user 7", played("c", 1, 0, 10_000));
        counted();
        jdbc.update("UPDATE video_viewers SET day = day - 1 WHERE video_id = ?", id);
        record(anybody(), "address 1", played("d", 1, 0, 10_000));

        Statistics statistics = counted();

        assertThat(statistics.getViews()).isEqualTo(3);
        assertThat(statistics.getSessions()).isEqualTo(4);
        assertThat(statistics.getWatchedSeconds()).isEqualTo(170);
        assertThat(statistics.getRetention(0)).isEqualTo(1);
        assertThat(statistics.getRetention(49)).isEqualTo(0.5);
    }

    @Test
    void countsNothingForAPlayerThatOnlyCameToLook() {
        record(anybody(), "address 1", report("a", 0), report("a", 1));

        Statistics statistics = counted();

        assertThat(statistics.getViews()).isZero();
        assertThat(statistics.getSessions()).isZero();
        assertThat(statistics.getRetentionList()).isEmpty();
        assertThat(statistics.hasFirstFrameMedianMs()).isFalse();
    }

    @Test
    void keepsNothingOfAVideoThatTheViewerMayNotSee() {
        String secret = owner.createLink(
                        CreateLinkRequest.newBuilder().setId(id).build())
                .getData()
                .getSecret();
        owner.update(
                UpdateRequest.newBuilder().setId(id).setVisibility("private").build());

        record(anybody(), "address 1", played("a", 1, 0, 10_000));
        record(as(newUser()), "user 8", played("b", 1, 0, 10_000));
        assertThat(counted().getSessions()).isZero();

        anybody()
                .recordPlayback(RecordPlaybackRequest.newBuilder()
                        .addReports(played("c", 1, 0, 10_000))
                        .setLink(secret)
                        .setViewer("address 1")
                        .build());
        record(owner, "user 1", played("d", 1, 0, 10_000));
        assertThat(counted().getSessions()).isEqualTo(2);

        owner.delete(DeleteRequest.newBuilder().setId(id).build());
        record(owner, "user 1", played("e", 1, 0, 10_000));
        assertThat(jdbc.queryForList("SELECT session FROM playback_reports WHERE video_id = ?", String.class, id))
                .containsExactlyInAnyOrder("c", "d");
        assertThat(fault(() -> statistics(owner)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void keepsNothingOfAVideoThatIsNotReadyOrNotThere() throws Exception {
        Messages waiting = Messages.about(messages.userId(), "Waiting");
        publisher.publish("EncodeUploadedVideo", waiting.uploaded());
        await().until(() -> state(waiting).equals("uploaded"));
        int other = video(waiting).orElseThrow().getId();

        record(owner, "user 1", played("a", 1, 0, 10_000).setVideoId(other));
        record(owner, "user 1", played("a", 1, 0, 10_000).setVideoId(999_999_999));

        assertThat(jdbc.queryForList("SELECT session FROM playback_reports WHERE video_id = ?", String.class, other))
                .isEmpty();
    }

    @Test
    void takesNoMoreThanThereIsToWatch() {
        record(
                anybody(),
                "address 1",
                played("a", 1, 90_000, 500_000),
                played("a", 2, 50_000, 40_000),
                played("a", 3, -5000, 1000),
                played("a", 4, 1L << 40, 1L << 41),
                many("a", 5));

        Statistics statistics = counted();

        assertThat(statistics.getWatchedSeconds()).isEqualTo(10 + 1 + 300);
        assertThat(statistics.getRetention(0)).isEqualTo(1);
        assertThat(statistics.getRetention(99)).isEqualTo(1);
    }

    @Test
    void tellsTheOwnerAndAdministratorsAlone() {
        VideoCatalogServiceBlockingStub other = as(newUser());

        assertThat(fault(() -> statistics(anybody())).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(fault(() -> statistics(other)).code())
                .as("video-catalog-refuse-statistics")
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        owner.update(
                UpdateRequest.newBuilder().setId(id).setVisibility("private").build());
        assertThat(fault(() -> statistics(other)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(statistics(owner).getViews()).isZero();
    }

    @Test
    void losesAndDoublesNothingWhileManyReportAndSeveralCount() {
        List<CompletableFuture<Void>> players = new ArrayList<>();
        for (int player = 0; player < 4; player++) {
            String session = "s-" + player;
            players.add(CompletableFuture.runAsync(() -> IntStream.range(0, 25).forEach(number -> {
                PlaybackReport.Builder report = played(session, number, number * 1000L, number * 1000L + 1000);
                record(anybody(), "address " + session, report);
                record(anybody(), "address " + session, report);
                jdbc.queryForObject("SELECT count_playback(7)", Integer.class);
            })));
        }
        CompletableFuture.allOf(players.toArray(CompletableFuture[]::new)).join();

        Statistics statistics = counted();

        assertThat(statistics.getWatchedSeconds()).isEqualTo(100);
        assertThat(statistics.getViews()).isEqualTo(4);
        assertThat(statistics.getSessions()).isEqualTo(4);
        assertThat(statistics.getRetentionList().subList(0, 25)).containsOnly(1.0);
        assertThat(statistics.getRetentionList().subList(25, 100)).containsOnly(0.0);
    }

    @Test
    void keepsNoAddressAndForgetsWhoWatchedWhenTheDayIsOver() {
        record(anybody(), "address 203.0.113.9", played("a", 1, 0, 10_000));
        byte[] plain = jdbc.queryForObject("SELECT sha256(convert_to('address 203.0.113.9', 'UTF8'))", byte[].class);
        assertThat(jdbc.queryForObject("SELECT viewer FROM playback_reports WHERE video_id = ?", byte[].class, id))
                .isNotEqualTo(plain);
        counted();

        jdbc.update("UPDATE view_salts SET day = day - 1");
        jdbc.update("UPDATE video_viewers SET day = day - 1 WHERE video_id = ?", id);
        jdbc.update("UPDATE playback_reports SET received_at = now() - interval '7 hours' WHERE video_id = ?", id);
        jdbc.update("UPDATE playback_sessions SET seen_at = now() - interval '25 hours' WHERE video_id = ?", id);

        await("video-catalog-forget-playback").untilAsserted(() -> {
            for (String table : List.of("video_viewers", "playback_reports", "playback_sessions")) {
                assertThat(jdbc.queryForObject(
                                "SELECT count(*) FROM " + table + " WHERE video_id = ?", Integer.class, id))
                        .as(table)
                        .isZero();
            }
            assertThat(jdbc.queryForObject(
                            "SELECT count(*) FROM view_salts WHERE day < CAST(now() AT TIME ZONE 'UTC' AS date)",
                            Integer.class))
                    .isZero();
        });
        assertThat(statistics(owner).getViews()).isEqualTo(1);
        assertThat(statistics(owner).getWatchedSeconds()).isEqualTo(10);
    }

    @Test
    void leavesNothingOfAVideoThatIsDeletedForGood() {
        record(anybody(), "address 1", report("a", 0).setFirstFrameMs(100), played("a", 1, 0, 10_000));
        counted();

        owner.delete(DeleteRequest.newBuilder().setId(id).setPermanently(true).build());

        await().untilAsserted(() -> {
            for (String table : List.of(
                    "playback_reports", "playback_sessions", "video_days", "video_retention", "video_first_frames")) {
                assertThat(jdbc.queryForObject(
                                "SELECT count(*) FROM " + table + " WHERE video_id = ?", Integer.class, id))
                        .as(table)
                        .isZero();
            }
        });
    }

    @Test
    void measuresWhatWasNewByWordsThatAreKnown() {
        String edge = cdn.getAuthority();
        double stalls = count("playback.stalls", "edge", edge, "rendition", "720p");
        double watched = count("playback.watched.seconds", "edge", edge, "rendition", "720p");
        double strange = count("playback.watched.seconds", "edge", "other", "rendition", "other");
        double errors = count("playback.errors", "edge", edge, "kind", "frag");
        long begun = meters.timer("playback.first.frame", "edge", edge).count();
        PlaybackReport.Builder[] reports = {
            report("a", 0).setFirstFrameMs(400).setEdge(edge),
            played("a", 1, 0, 10_000).setEdge(edge).setHeight(720),
            report("a", 2).setStalled(true).setEdge(edge).setHeight(720),
            report("a", 3).setError("fragLoadError").setEdge(edge),
            played("a", 4, 0, 3000).setEdge("evil-" + id).setHeight(721)
        };

        record(anybody(), "address 1", reports);
        record(anybody(), "address 1", reports);

        assertThat(count("playback.stalls", "edge", edge, "rendition", "720p") - stalls)
                .isEqualTo(1);
        assertThat(count("playback.watched.seconds", "edge", edge, "rendition", "720p") - watched)
                .isEqualTo(10);
        assertThat(count("playback.watched.seconds", "edge", "other", "rendition", "other") - strange)
                .isEqualTo(3);
        assertThat(count("playback.errors", "edge", edge, "kind", "frag") - errors)
                .isEqualTo(1);
        assertThat(meters.timer("playback.first.frame", "edge", edge).count() - begun)
                .isEqualTo(1);
    }

    private double count(String name, String... tags) {
        return meters.counter(name, tags).count();
    }

    private PlaybackReport.Builder report(String session, int number) {
        return PlaybackReport.newBuilder().setVideoId(id).setSession(session).setNumber(number);
    }

    private PlaybackReport.Builder played(String session, int number, long from, long to) {
        return report(session, number)
                .addPlayed(Stretch.newBuilder().setFrom(from).setTo(to));
    }

    /** All of the video, ten times. */
    private PlaybackReport.Builder many(String session, int number) {
        PlaybackReport.Builder report = report(session, number);
        IntStream.range(0, 10)
                .forEach(i -> report.addPlayed(Stretch.newBuilder().setFrom(0).setTo(100_000)));
        return report;
    }

    private static void record(VideoCatalogServiceBlockingStub stub, String viewer, PlaybackReport.Builder... reports) {
        RecordPlaybackRequest.Builder request =
                RecordPlaybackRequest.newBuilder().setViewer(viewer);
        for (PlaybackReport.Builder report : reports) {
            request.addReports(report);
        }
        stub.recordPlayback(request.build());
    }

    /** Once all that was reported is counted. */
    private Statistics counted() {
        await("video-catalog-count-playback")
                .until(() -> jdbc.queryForObject(
                                "SELECT count(*) FROM playback_reports WHERE video_id = ? AND NOT counted",
                                Integer.class,
                                id)
                        == 0);
        return statistics(owner);
    }

    private Statistics statistics(VideoCatalogServiceBlockingStub stub) {
        return stub.findStatistics(FindStatisticsRequest.newBuilder().setId(id).build())
                .getData()
                .getStatistics();
    }
}
