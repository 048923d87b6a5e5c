package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindByIdResponseData;
import dev.caravan.proto.videocatalog.Rendition;
import dev.caravan.proto.videocatalog.Video;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What is played while it is encoded: video-catalog-record-playable, video-catalog-find-manifest, video-catalog-get-manifest. */
class PlayableIT extends CatalogTestBase {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private S3Client s3;

    @Test
    void isPlayedAsFarAsItIsEncodedByWhoMaySeeIt() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing");
        int id = playable(messages, 1, 8000);

        FindByIdResponseData found = find(anybody(), id);

        Video video = found.getVideo();
        assertThat(video.getPlayableUntil()).isEqualTo(8.0);
        assertThat(video.getDurationMs()).isEqualTo(31_040);
        assertThat(video.getProgress()).isEqualTo(7);
        assertThat(video.getRenditionsList()).extracting(Rendition::getHeight).containsExactly(240);
        assertThat(found.getManifestUrl()).contains(messages.path() + "/1/master.mpd?");
        assertThat(found.getHlsUrl()).contains(messages.path() + "/1/master.m3u8?");
        HttpResponse<String> playlist = manifest(messages, 1, "media_first-0.m3u8");
        assertThat(playlist.statusCode()).isEqualTo(200);
        assertThat(playlist.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
        assertThat(playlist.body())
                .contains("segment-first-0-00002.m4s?Policy=")
                .doesNotContain("00003");
        assertThat(manifest(messages, 1, "master.mpd").body()).contains("dynamic");

        publisher.publish("VideoPlayable", messages.playable(1, 12_000, false));

        await().until(() -> find(anybody(), id).getVideo().getPlayableUntil() == 12);
        assertThat(manifest(messages, 1, "media_first-0.m3u8").body()).contains("segment-first-0-00003.m4s?Policy=");
    }

    @Test
    void isShownInNoListBeforeItIsReady() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing quokka");
        playable(messages, 1, 4000);

        var list = anybody()
                .findAll(FindAllRequest.newBuilder().setOwner(messages.userId()).build());
        var encoding = admin().findAll(FindAllRequest.newBuilder()
                .setOwner(messages.userId())
                .setState("encoding")
                .build());

        assertThat(list.getData().getVideosList()).isEmpty();
        assertThat(encoding.getData().getVideosList())
                .extracting(Video::getState)
                .containsExactly("playable");
    }

    @Test
    void isNobodysButItsOwnersWhenItIsPrivate() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing in private");
        publisher.publish("VideoPlayable", messages.seenBy("private", messages.playable(1, 4000, false)));
        await().until(() -> state(messages).equals("playable"));
        int id = video(messages).orElseThrow().getId();

        assertThat(fault(() -> find(anybody(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(fault(() -> find(as(newUser()), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(find(as(messages.userId()), id).getHlsUrl()).isNotEmpty();
    }

    @Test
    void isKnownToBeAsFarAsWasToldOfItInWhateverOrder() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing out of order");
        int id = playable(messages, 1, 12_000);

        publisher.publish("VideoPlayable", messages.playable(1, 4000, false));
        publisher.publish("VideoEncodingProgressed", messages.progressed(1, 40));
        publisher.publish("VideoPlayable", messages.playable(1, 12_000, true));
        publisher.publish("VideoPlayable", messages.playable(1, 12_000, false));
        awaitAllEvents(messages.userId());

        Video video = find(anybody(), id).getVideo();
        assertThat(video.getState()).isEqualTo("playable");
        assertThat(video.getPlayableUntil()).isEqualTo(12);
        assertThat(video.getProgress()).isEqualTo(40);
        assertThat(jdbc.queryForObject("SELECT playable ->> 'whole' FROM videos WHERE id = ?", String.class, id))
                .isEqualTo("true");
    }

    @Test
    void goesOnWithWhatALostAttemptMadeUntilTheNextHasAsMuch() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing once more");
        int id = playable(messages, 1, 8000);

        publisher.publish("VideoEncodingProgressed", messages.progressed(2, 1));
        publisher.publish("VideoPlayable", messages.playable(2, 4000, false));
        awaitAllEvents(messages.userId());

        assertThat(find(anybody(), id).getHlsUrl()).contains("/1/master.m3u8?");
        assertThat(manifest(messages, 1, "master.m3u8").statusCode()).isEqualTo(200);

        publisher.publish("VideoPlayable", messages.playable(2, 8000, false));

        await().until(() -> find(anybody(), id).getHlsUrl().contains("/2/master.m3u8?"));
        assertThat(manifest(messages, 1, "master.m3u8").statusCode()).isEqualTo(404);
        assertThat(manifest(messages, 2, "master.m3u8").statusCode()).isEqualTo(200);
    }

    @Test
    void isWhatTheEncoderMadeOnceItIsReady() throws Exception {
        Messages messages = Messages.about(newUser(), "Grown");
        int id = playable(messages, 1, 4000);
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key(messages.path() + "/1/media_first-0.m3u8"),
                RequestBody.fromString("#EXTM3U\n#EXTINF:4.0,\nsegment-first-0-00001.m4s\n#EXT-X-ENDLIST\n"));

        publisher.publish("VideoEncodingCompleted", messages.completed(1));
        publisher.publish("VideoPlayable", messages.playable(1, 8000, false));
        awaitAllEvents(messages.userId());

        Video video = find(anybody(), id).getVideo();
        assertThat(video.getState()).isEqualTo("ready");
        assertThat(video.hasPlayableUntil()).isFalse();
        HttpResponse<String> playlist = manifest(messages, 1, "media_first-0.m3u8");
        assertThat(playlist.body()).contains("#EXT-X-ENDLIST");
        assertThat(playlist.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(manifests(id)).isEmpty();
    }

    @Test
    void isPlayedNoMoreWhenItFailed() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing in vain");
        int id = playable(messages, 1, 4000);

        publisher.publish("VideoEncodingFailed", messages.failed(1, "Too much of it is damaged."));

        await().until(() -> state(messages).equals("failed"));
        assertThat(fault(() -> find(anybody(), id)).code()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(find(as(messages.userId()), id).getHlsUrl()).isEmpty();
        assertThat(manifest(messages, 1, "master.m3u8").statusCode()).isEqualTo(404);
        assertThat(manifests(id)).isEmpty();
        publisher.publish("VideoEncodingProgressed", messages.progressed(2, 1));
        await().until(() -> state(messages).equals("encoding"));
        assertThat(find(as(messages.userId()), id).getHlsUrl()).isEmpty();
    }

    @Test
    void isPlayedOnThoughItIsToldLateThatTheAttemptBeforeFailed() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing again");
        int id = playable(messages, 2, 4000);

        publisher.publish("VideoEncodingFailed", messages.failed(1, "Too much of it is damaged."));
        awaitAllEvents(messages.userId());

        assertThat(find(anybody(), id).getHlsUrl()).contains("/2/master.m3u8?");
        assertThat(manifest(messages, 2, "master.m3u8").statusCode()).isEqualTo(200);
    }

    @Test
    void isPlayedNoMoreWhenItIsInTheTrash() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing unwanted");
        int id = playable(messages, 1, 4000);

        as(messages.userId()).delete(DeleteRequest.newBuilder().setId(id).build());

        assertThat(manifest(messages, 1, "master.m3u8").statusCode()).isEqualTo(404);
    }

    @Test
    void keepsNoFileOfAnotherName() throws Exception {
        Messages messages = Messages.about(newUser(), "Growing where it should");
        int id = playable(messages, 1, 4000);

        assertThat(manifests(id))
                .extracting(row -> row.get("file"))
                .containsExactlyInAnyOrder("master.m3u8", "media_first-0.m3u8", "master.mpd");
    }

    private int playable(Messages messages, int attempt, long untilMs) throws Exception {
        publisher.publish("VideoPlayable", messages.playable(attempt, untilMs, false));
        await().until(() -> state(messages).equals("playable"));
        return video(messages).orElseThrow().getId();
    }

    private List<Map<String, Object>> manifests(int id) {
        return jdbc.queryForList("SELECT file FROM growing_manifests WHERE video_id = ?", id);
    }

    private HttpResponse<String> manifest(Messages messages, int attempt, String name) throws Exception {
        URI uri = URI.create(
                "http://127.0.0.1:" + httpPort + "/manifests/" + messages.path() + "/" + attempt + "/" + name);
        return HTTP.send(
                HttpRequest.newBuilder(uri).header("x-origin-key", ORIGIN_KEY).build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
