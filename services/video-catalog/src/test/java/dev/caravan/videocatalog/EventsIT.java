package dev.caravan.videocatalog;

import static dev.caravan.videocatalog.Publisher.COMPLETED_QUEUE;
import static dev.caravan.videocatalog.Publisher.EVENTS_QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.proto.videocatalog.DeadLetter;
import dev.caravan.proto.videocatalog.Rendition;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.videocatalog.signature.SignedUrl;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** video-catalog-dead-letter, video-catalog-record-completed, video-catalog-record-progress, video-catalog-record-event. */
class EventsIT extends CatalogTestBase {

    @Autowired
    private MeterRegistry meters;

    @BeforeEach
    void forgetFormerLetters() {
        forgetLetters();
    }

    @Test
    void followsAVideoFromUploadToReady() throws Exception {
        Messages messages = Messages.about(newUser(), "Ünïcode \\\" title");

        publisher.publish("EncodeUploadedVideo", messages.uploadedWithThumbnail());
        await().until(() -> state(messages).equals("uploaded"));
        Video uploaded = video(messages).orElseThrow();
        publisher.publish("VideoEncodingProgressed", messages.progressed(0));
        await().until(() -> state(messages).equals("encoding"));
        publisher.publish("VideoEncodingProgressed", messages.progressed(40));
        await().until(() -> video(messages).orElseThrow().getProgress() == 40);
        publisher.publish("VideoEncodingCompleted", messages.completed());
        await().until(() -> state(messages).equals("ready"));
        Video ready = video(messages).orElseThrow();

        assertThat(uploaded.getProgress()).isZero();
        assertThat(uploaded.getResolution()).isEmpty();
        assertThat(uploaded.getRenditionsList()).isEmpty();
        assertThat(uploaded.getDurationMs()).isZero();
        assertThat(uploaded.getWarningsList()).isEmpty();
        // What was uploaded is shown to no one, the owner either.
        assertThat(uploaded.getThumbnailUrl()).isEmpty();
        assertThat(ready.getId()).isEqualTo(uploaded.getId());
        assertThat(ready.getTitle()).isEqualTo("Ünïcode \\\" title");
        assertThat(ready.getDescription()).isEqualTo("A description");
        assertThat(ready.getPublishedAt()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(ready.getProgress()).isEqualTo(100);
        assertThat(ready.getDuration()).isEqualTo(31);
        assertThat(ready.getDurationMs()).isEqualTo(31040);
        assertThat(ready.getWarningsList()).containsExactly("0.4 s at 00:12 could not be read.");
        assertThat(ready.getResolution()).isEqualTo("1920x1080");
        assertThat(ready.hasFailure()).isFalse();
        assertThat(ready.getRenditionsList())
                .containsExactly(
                        rendition(1920, 1080, 5128000, "avc1.640028,mp4a.40.2"),
                        rendition(640, 360, 928000, "avc1.64001e,mp4a.40.2"));
        assertThat(letters("open")).isEmpty();
    }

    @Test
    void takesATitleForWhatItSaysAndResolvesNothingInIt() throws Exception {
        String title = "{{spring.datasource.password}} ${header.CamelSqlQuery} :#id '; drop table videos; --";
        Messages messages = Messages.about(newUser(), title);

        publisher.publish("EncodeUploadedVideo", messages.uploaded());
        publisher.publish("VideoEncodingCompleted", messages.completed());

        await().until(() -> state(messages).equals("ready"));
        assertThat(video(messages).orElseThrow().getTitle()).isEqualTo(title);
    }

    @Test
    void timesOnceHowLongAVideoTookUntilItCouldBePlayed() throws Exception {
        Messages messages = Messages.about(newUser(), "Timed");
        Timer timer = meters.timer("video.time.to.playable");
        long before = timer.count();

        publisher.publish("EncodeUploadedVideo", messages.uploaded());
        publisher.publish("VideoEncodingCompleted", messages.completed());
        publisher.publish("VideoEncodingCompleted", messages.completed());
        awaitAllEvents(messages.userId());

        // The video, and the one that shows that all events have come.
        await().untilAsserted(() -> assertThat(timer.count() - before).isEqualTo(2));
        assertThat(timer.max(TimeUnit.DAYS)).isPositive();
    }

    @Test
    void measuresWhatWaits() throws Exception {
        String route = "measure-work";
        Messages messages = Messages.about(newUser(), "Waits");
        publisher.sendTo(EVENTS_QUEUE, "{\"key\": \"" + messages.videoId() + "\"}");

        await(route).untilAsserted(() -> assertThat(
                        meters.find("queue.depth").tag("queue", "dead-letters").gauges())
                .anySatisfy(gauge -> assertThat(gauge.value()).isPositive()));
    }

    @Test
    void takesACompletedVideoOfAForeignPublisher() throws Exception {
        Messages messages = Messages.about(newUser(), "Foreign");
        publisher.declareAsOthersDo();

        publisher.sendTo(COMPLETED_QUEUE, messages.completedByOthers());

        await().until(() -> state(messages).equals("ready"));
        Video video = video(messages).orElseThrow();
        assertThat(video.getRenditionsList()).isEmpty();
        assertThat(video.getDurationMs()).isEqualTo(31000);
        assertThat(video.getWarningsList()).isEmpty();
        assertThat(video.getResolution()).isEqualTo("1920x1080");
        var data = find(anybody(), video.getId());
        assertThat(data.getManifestUrl()).contains(messages.path() + "/master.mpd?");
        assertThat(data.getHlsUrl()).isEmpty();
        assertThat(data.getStoryboardUrl()).isEmpty();
    }

    @Test
    void endsTheSameInWhateverOrderTheEventsCome() throws Exception {
        Messages messages = Messages.about(newUser(), "Upside down");

        publisher.publish("VideoEncodingCompleted", messages.completed());
        await().until(() -> state(messages).equals("ready"));
        Video ready = video(messages).orElseThrow();
        publisher.publish("VideoEncodingFailed", messages.failed("Late and wrong."));
        publisher.publish("VideoEncodingProgressed", messages.progressed(70));
        publisher.publish("EncodeUploadedVideo", messages.uploadedWithThumbnail());
        publisher.publish("VideoEncodingCompleted", messages.completed());
        awaitAllEvents(messages.userId());

        Video after = video(messages).orElseThrow();
        assertThat(after.toBuilder().clearThumbnailUrl().build())
                .isEqualTo(ready.toBuilder().clearThumbnailUrl().build());
        assertThat(SignedUrl.parse(after.getThumbnailUrl()).url()).endsWith("/thumbnail-640.jpg");
    }

    @Test
    void neverGoesBack() throws Exception {
        Messages messages = Messages.about(newUser(), "Forward");
        Messages renamed =
                new Messages(messages.videoId(), messages.userId(), "Renamed", "Anew", "2020-01-01T00:00:00Z");

        publisher.publish("VideoEncodingProgressed", messages.progressed(60));
        publisher.publish("VideoEncodingProgressed", messages.progressed(30));
        publisher.publish("EncodeUploadedVideo", renamed.uploaded());
        awaitAllEvents(messages.userId());
        Video encoding = video(messages).orElseThrow();
        publisher.publish("VideoEncodingFailed", messages.failed("The file is no video."));
        publisher.publish("VideoEncodingProgressed", messages.progressed(90));
        awaitAllEvents(messages.userId());
        Video failed = video(messages).orElseThrow();

        assertThat(encoding.getState()).isEqualTo("encoding");
        assertThat(encoding.getProgress()).isEqualTo(60);
        assertThat(encoding.getTitle()).isEqualTo("Forward");
        assertThat(failed.getState()).isEqualTo("failed");
        assertThat(failed.getFailure()).isEqualTo("The file is no video.");
        assertThat(failed.getPublishedAt()).isEqualTo(messages.publishedAt());
    }

    @Test
    void isReadyAfterAFailureWhenItWasEncodedAgain() throws Exception {
        Messages messages = Messages.about(newUser(), "Second try");

        publisher.publish("VideoEncodingFailed", messages.failed("A disk was full."));
        awaitAllEvents(messages.userId());
        publisher.publish("VideoEncodingCompleted", messages.completed());

        await().until(() -> state(messages).equals("ready"));
        assertThat(video(messages).orElseThrow().hasFailure()).isFalse();
    }

    @Test
    void givesAVideoToNobodyElse() throws Exception {
        Messages messages = Messages.about(newUser(), "Mine");
        int thief = newUser();
        Messages stolen = new Messages(messages.videoId(), thief, "Yours", "", messages.publishedAt());

        publisher.publish("VideoEncodingCompleted", messages.completed());
        publisher.publish("VideoEncodingCompleted", stolen.completed());
        awaitAllEvents(messages.userId());

        assertThat(mine(thief)).isEmpty();
        assertThat(video(messages)).isPresent();
    }

    @Test
    void usesUpNoIdsForLaterEvents() throws Exception {
        Messages first = Messages.about(newUser(), "First");
        Messages second = Messages.about(first.userId(), "Second");

        publisher.publish("EncodeUploadedVideo", first.uploaded());
        for (int progress = 0; progress < 20; progress++) {
            publisher.publish("VideoEncodingProgressed", first.progressed(progress));
        }
        publisher.publish("EncodeUploadedVideo", second.uploaded());
        await().until(() -> state(second).equals("uploaded"));

        assertThat(video(second).orElseThrow().getId())
                .isEqualTo(video(first).orElseThrow().getId() + 1);
    }

    @Test
    void putsAsideWhatCannotBeRecordedAndGoesOn() throws Exception {
        Messages messages = Messages.about(newUser(), "After the bad ones");
        List<String> bad = List.of(
                "no JSON",
                "",
                "[]",
                "{\"key\": \"VideoDeleted\", \"data\": {}}",
                "{\"key\": \"VideoEncodingCompleted\"}",
                messages.completed().replace("encoded-videos/", "../"),
                messages.completed().replace("\"user_id\": ", "\"user_id\": -"),
                messages.uploaded().replace("\"video_id\"", "\"videoId\""));

        for (String body : bad) {
            publisher.sendTo(COMPLETED_QUEUE, body);
            DeadLetter letter = awaitLetter();
            assertThat(letter.getBody()).isEqualTo(body);
            assertThat(letter.getQueue()).isEqualTo(COMPLETED_QUEUE);
            assertThat(letter.getService()).isEqualTo("video-catalog");
            assertThat(letter.getReason()).isEqualTo("MALFORMED_EVENT");
            assertThat(letter.getError()).isNotBlank();
            assertThat(letter.getRouteTrailList())
                    .containsExactly("video-catalog-record-completed", "video-catalog-record-event");
            forgetLetters();
        }
        byte[] binary = {0, (byte) 0xff, (byte) 0xfe, 1};
        publisher.sendTo(EVENTS_QUEUE, binary, "text/plain");
        assertThat(awaitLetter().getBody()).isEqualTo(Base64.getEncoder().encodeToString(binary));

        publisher.sendTo(COMPLETED_QUEUE, messages.completed());
        await().until(() -> state(messages).equals("ready"));
        assertThat(publisher.waiting(COMPLETED_QUEUE)).isZero();
        assertThat(letters("open")).hasSize(1);
    }

    @Test
    void putsAsideWhatTheDatabaseRefuses() throws Exception {
        Messages messages = Messages.about(newUser(), "Too far").publishedAt("+300000-01-01T00:00:00Z");

        publisher.sendTo(COMPLETED_QUEUE, messages.completed());

        DeadLetter letter = awaitLetter();
        assertThat(letter.getBody()).isEqualTo(messages.completed());
        assertThat(letter.getReason()).isEqualTo("EVENT_REFUSED");
        assertThat(letter.getVideoId()).isEqualTo(messages.videoId());
    }

    @Test
    void keepsAVideoPlayingWhileItIsEncodedAgain() throws Exception {
        Messages messages = Messages.about(newUser(), "Again");
        publisher.publish("VideoEncodingCompleted", messages.completed(1));
        await().until(() -> state(messages).equals("ready"));
        int id = video(messages).orElseThrow().getId();

        publisher.publish("VideoEncodingProgressed", messages.progressed(2, 10));
        publisher.publish("VideoEncodingFailed", messages.failed(2, "A disk was full."));
        awaitAllEvents(messages.userId());
        String during = find(anybody(), id).getManifestUrl();
        publisher.publish("VideoEncodingCompleted", messages.completed(3));
        publisher.publish("VideoEncodingCompleted", messages.completed(2));
        awaitAllEvents(messages.userId());
        SignedUrl after = SignedUrl.parse(find(anybody(), id).getManifestUrl());

        assertThat(during).contains(messages.path() + "/1/master.mpd?");
        assertThat(after.url()).endsWith(messages.path() + "/3/master.mpd");
        assertThat(after.resource()).endsWith(messages.path() + "/3/*");
        assertThat(after.isSignedBy(Servers.KEY)).isTrue();
    }

    @Test
    void goesFromFailedBackToEncodingWithALaterAttempt() throws Exception {
        Messages messages = Messages.about(newUser(), "Tried again");

        publisher.publish("VideoEncodingProgressed", messages.progressed(1, 80));
        publisher.publish("VideoEncodingFailed", messages.failed(1, "A disk was full."));
        publisher.publish("VideoEncodingProgressed", messages.progressed(2, 5));
        publisher.publish("VideoEncodingProgressed", messages.progressed(1, 90));
        awaitAllEvents(messages.userId());

        Video video = video(messages).orElseThrow();
        assertThat(video.getState()).isEqualTo("encoding");
        assertThat(video.getProgress()).isEqualTo(5);
        assertThat(video.hasFailure()).isFalse();
    }

    private static Rendition rendition(int width, int height, int bitrate, String codecs) {
        return Rendition.newBuilder()
                .setWidth(width)
                .setHeight(height)
                .setBitrate(bitrate)
                .setCodecs(codecs)
                .build();
    }
}
