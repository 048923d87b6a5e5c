package dev.caravan.videocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.caravan.proto.videocatalog.AudioTrack;
import dev.caravan.proto.videocatalog.Caption;
import dev.caravan.proto.videocatalog.Chapter;
import dev.caravan.proto.videocatalog.CreateLinkRequest;
import dev.caravan.proto.videocatalog.DeleteCaptionsRequest;
import dev.caravan.proto.videocatalog.DeleteRequest;
import dev.caravan.proto.videocatalog.FindAllRequest;
import dev.caravan.proto.videocatalog.FindCaptionsRequest;
import dev.caravan.proto.videocatalog.FindChaptersRequest;
import dev.caravan.proto.videocatalog.FindMineRequest;
import dev.caravan.proto.videocatalog.PutCaptionsRequest;
import dev.caravan.proto.videocatalog.PutChaptersRequest;
import dev.caravan.proto.videocatalog.ReadCaptionsRequest;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.proto.videocatalog.VideoCatalogServiceGrpc.VideoCatalogServiceBlockingStub;
import dev.caravan.videocatalog.manifest.Fixtures;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Captions and chapters: video-catalog-put-captions, video-catalog-find-captions, video-catalog-read-captions,
 * video-catalog-delete-captions, video-catalog-refuse-captions, video-catalog-put-chapters, video-catalog-find-chapters.
 */
class CaptionsIT extends CatalogTestBase {

    @Autowired
    private S3Client s3;

    private Messages messages;
    private VideoCatalogServiceBlockingStub owner;
    private int id;

    @BeforeEach
    void store() throws Exception {
        messages = Messages.about(newUser(), "Captioned");
        id = ready(messages);
        owner = as(messages.userId());
    }

    @Test
    void keepsCaptionsByLanguageAndShowsThemWithTheVideo() {
        put(owner, "de", "Guten Tag");
        List<Caption> all = owner.putCaptions(request("pt-br", "Bom dia")
                        .setLabel(" Legendas ")
                        .setDefault(true)
                        .build())
                .getData()
                .getCaptionsList();

        assertThat(all)
                .extracting(Caption::getLanguage, Caption::getLabel, Caption::getDefault, Caption::getCues)
                .containsExactly(tuple("de", "Deutsch", false, 1), tuple("pt-BR", "Legendas", true, 1));
        assertThat(all.get(1).getUrl()).contains("/" + messages.path() + "/1/captions-pt-BR.vtt?Policy=");
        assertThat(captions(anybody(), "")).isEqualTo(all);
        assertThat(find(anybody(), id).getCaptionsList()).isEqualTo(all);
        assertThat(text(anybody(), "PT-BR", "")).isEqualTo(vtt("Bom dia"));
    }

    @Test
    void keepsWhatIsSentTwiceOnceAndOfTheLabelAndTheDefaultWhatIsNotSaid() {
        owner.putCaptions(
                request("en", "First").setLabel("Mine").setDefault(true).build());
        put(owner, "en", "Second");

        assertThat(captions(owner, ""))
                .extracting(Caption::getLabel, Caption::getDefault)
                .containsExactly(tuple("Mine", true));
        assertThat(text(owner, "en", "")).isEqualTo(vtt("Second"));

        owner.putCaptions(request("fr", "Autre").setDefault(true).build());
        assertThat(captions(owner, "")).extracting(Caption::getDefault).containsExactly(false, true);
        owner.putCaptions(request("fr", "Autre").setDefault(false).build());
        assertThat(captions(owner, "")).extracting(Caption::getDefault).containsExactly(true, false);
    }

    @Test
    void refusesWhatIsNoneByItsLineAndKeepsWhatThereIs() {
        put(owner, "en", "Kept");

        assertThat(fault(() -> owner.putCaptions(request("en", "")
                                .setFile(ByteString.copyFromUtf8("WEBVTT\n\n00:02.000 --> 00:01.000\nA"))
                                .build()))
                        .fieldErrors())
                .containsEntry("captions", List.of("captions are not valid at line 3: the cue ends before it begins"));
        assertThat(fault(() -> put(owner, "no language", "A")).fieldErrors()).containsKey("language");
        assertThat(fault(() -> owner.putCaptions(
                                request("en", "A").setLabel("a\nb").build()))
                        .fieldErrors())
                .containsKey("label");
        assertThat(text(owner, "en", "")).isEqualTo(vtt("Kept"));
    }

    @Test
    void takesAndGivesAsMuchAsAFileMayHave() {
        String most = ("x".repeat(99) + "\n").repeat(100_000);

        put(owner, "en", most);

        assertThat(text(owner.withMaxInboundMessageSize(20_000_000), "en", "")).isEqualTo(vtt(most.strip()));
        assertThat(fault(() -> {
                            put(owner, "de", most);
                            put(owner, "fr", "One word more");
                        })
                        .reason())
                .isEqualTo("TOO_MANY_CAPTIONS");
    }

    @Test
    void takesNoMoreThan50Languages() {
        IntStream.range(0, 50).forEach(i -> put(owner, "en-x-" + i, "A"));

        assertThat(fault(() -> put(owner, "de", "A")).reason()).isEqualTo("TOO_MANY_CAPTIONS");
        put(owner, "en-x-7", "B");
        assertThat(captions(owner, "")).hasSize(50);
    }

    @Test
    void isChangedByTheOwnerAndAdministratorsAlone() {
        put(owner, "en", "A");
        VideoCatalogServiceBlockingStub other = as(newUser());

        assertThat(fault(() -> put(anybody(), "en", "B")).code()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(fault(() -> put(other, "en", "B")).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(() -> delete(other, "en")).reason()).isEqualTo("CAPTIONS_UNKNOWN");
        assertThat(fault(() -> other.putChapters(
                                PutChaptersRequest.newBuilder().setId(id).build()))
                        .code())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(text(anybody(), "en", "")).isEqualTo(vtt("A"));

        put(admin(), "en", "C");
        delete(admin(), "en");
        assertThat(captions(owner, "")).isEmpty();
        assertThat(fault(() -> text(owner, "en", "")).reason()).isEqualTo("CAPTIONS_UNKNOWN");
        assertThat(fault(() -> delete(owner, "en")).reason()).isEqualTo("CAPTIONS_UNKNOWN");
    }

    @Test
    void isReadByWhoMaySeeTheVideo() {
        put(owner, "en", "A");
        owner.update(
                UpdateRequest.newBuilder().setId(id).setVisibility("private").build());
        String link = owner.createLink(CreateLinkRequest.newBuilder().setId(id).build())
                .getData()
                .getSecret();

        for (VideoCatalogServiceBlockingStub stranger : List.of(anybody(), as(newUser()))) {
            assertThat(fault(() -> text(stranger, "en", "")).reason()).isEqualTo("VIDEO_UNKNOWN");
            assertThat(fault(() -> captions(stranger, "wrong")).reason()).isEqualTo("VIDEO_UNKNOWN");
            assertThat(fault(() -> chapters(stranger, "")).reason()).isEqualTo("VIDEO_UNKNOWN");
            assertThat(fault(() -> put(stranger.withWaitForReady(), "en", "B")).code())
                    .isIn(Status.Code.NOT_FOUND, Status.Code.UNAUTHENTICATED);
            assertThat(text(stranger, "en", link)).isEqualTo(vtt("A"));
            assertThat(captions(stranger, link)).hasSize(1);
            assertThat(chapters(stranger, link)).isEmpty();
        }

        owner.delete(DeleteRequest.newBuilder().setId(id).build());
        assertThat(fault(() -> text(owner, "en", "")).reason()).isEqualTo("VIDEO_UNKNOWN");
        assertThat(fault(() -> put(owner, "en", "B")).reason()).isEqualTo("VIDEO_UNKNOWN");
    }

    @Test
    void outlivesAnotherEncodingAndEndsWithItsVideo() throws Exception {
        put(owner, "en", "A");
        putChapters(chapter(0, "One"));
        publisher.publish("VideoEncodingCompleted", messages.completed(2));
        await().until(() -> captions(owner, "").get(0).getUrl().contains("/2/"));
        assertThat(text(owner, "en", "")).isEqualTo(vtt("A"));
        assertThat(chapters(owner, "")).hasSize(1);

        owner.delete(DeleteRequest.newBuilder().setId(id).setPermanently(true).build());

        assertThat(jdbc.queryForObject("SELECT count(*) FROM video_captions WHERE video_id = ?", Integer.class, id))
                .isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT spoken || CAST(chapters AS text) FROM videos WHERE id = ?", String.class, id))
                .isEqualTo("[]");
    }

    @Test
    void keepsTheWordsOfAllThatAreSentAtATime() throws Exception {
        CompletableFuture.allOf(IntStream.range(0, 16)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> put(owner, "en-x-" + i % 8, "zebra" + i % 8)))
                        .toArray(CompletableFuture[]::new))
                .get(1, TimeUnit.MINUTES);

        assertThat(captions(owner, "")).hasSize(8);
        assertThat(IntStream.range(0, 8)).allMatch(i -> found("zebra" + i).equals(List.of(id)));
    }

    @Test
    void isFoundByWhatIsSpokenUntilThatIsGone() {
        put(owner, "de", "<v Ann>Die Gr\u00fc\u00dfe, &amp; der Wombat!</v>");
        put(owner, "en", "The quokka <script>");

        assertThat(found("GR\u00dcSSE wombat captioned quokka")).containsExactly(id);
        assertThat(mineFound("omba")).containsExactly(id);
        assertThat(found("platypus quokka")).isEmpty();

        delete(owner, "de");
        put(owner, "en", "The numbat");

        assertThat(found("wombat")).isEmpty();
        assertThat(found("quokka")).isEmpty();
        assertThat(found("numbat")).containsExactly(id);

        owner.update(
                UpdateRequest.newBuilder().setId(id).setVisibility("unlisted").build());
        assertThat(found("numbat")).isEmpty();
        assertThat(mineFound("numbat")).containsExactly(id);
    }

    @Test
    void findsWhatIsSpokenAmongManyByAnIndex() {
        put(owner, "en", "A thylacine");
        int user = newUser();
        jdbc.update("""
                INSERT INTO videos (original_id, user_id, title, description, published_at, state, progress, path)
                SELECT 'many-' || n, ?, 'Clip ' || n, 'One of many', now() + interval '1 minute', 'ready', 100, 'x'
                FROM generate_series(1, 3000) AS n
                """, user);
        try {
            assertThat(found("thylacine")).containsExactly(id);
        } finally {
            jdbc.update("DELETE FROM videos WHERE user_id = ?", user);
        }
    }

    /** video-catalog-serve-manifest, video-catalog-serve-captions, video-catalog-manifest. */
    @Test
    void isInBothManifestsAndServedBesideTheSegmentsUntilItIsGone() throws Exception {
        for (String file : List.of("master.mpd", "master.m3u8")) {
            s3.putObject(
                    request -> request.bucket(Servers.BUCKET).key(messages.path() + "/1/" + file),
                    RequestBody.fromBytes(Fixtures.bytes(file)));
        }
        owner.putCaptions(request("en", "Hello").setDefault(true).build());
        owner.putCaptions(request("de", "Hallo").setLabel("English").build());

        assertThat(serve("master.m3u8").body())
                .contains("NAME=\"English\",LANGUAGE=\"de\",DEFAULT=NO")
                .contains("NAME=\"English (en)\",LANGUAGE=\"en\",DEFAULT=YES")
                .contains("URI=\"captions-en.m3u8?Policy=");
        assertThat(serve("master.mpd").body()).contains("lang=\"en\"").contains(">captions-en.vtt?Policy=");
        HttpResponse<String> playlist = serve("captions-en.m3u8");
        assertThat(playlist.body()).contains("\ncaptions-en.vtt?Policy=");
        assertThat(playlist.headers().firstValue("Content-Type")).hasValue("application/vnd.apple.mpegurl");
        HttpResponse<String> text = serve("captions-en.vtt");
        assertThat(text.body()).isEqualTo(vtt("Hello"));
        assertThat(text.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/vtt;");
        assertThat(text.headers().firstValue("Cache-Control")).hasValue("private, max-age=60");
        assertThat(serve("captions-fr.vtt").statusCode()).isEqualTo(404);
        assertThat(serve("other-en.vtt").statusCode()).isEqualTo(404);

        delete(owner, "en");
        assertThat(serve("captions-en.vtt").statusCode()).isEqualTo(404);
        assertThat(serve("master.m3u8").body()).doesNotContain("captions-en");

        owner.delete(DeleteRequest.newBuilder().setId(id).build());
        assertThat(serve("captions-de.vtt").statusCode()).isEqualTo(404);
        assertThat(serve("captions-de.m3u8").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> serve(String file) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/manifests/"
                                        + messages.path() + "/1/" + file))
                                .header("x-origin-key", ORIGIN_KEY)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** video-catalog-take-texts. */
    @Test
    void takesOverWhatAFileHasOnceAndNothingInThePlaceOfTheOwners() throws Exception {
        Messages other = Messages.about(newUser(), "With texts");
        String texts = """
                "captions": [
                    {"language": "en", "label": "From the file", "default": true, "content": "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nA dugong"},
                    {"language": "de", "label": "", "content": "no captions"},
                    {"language": "fr", "content": "WEBVTT\\n\\n00:01.000 --> 00:02.000\\nUn dugong"},
                    {"language": "no language", "content": "WEBVTT"}, 7],
                "chapters": [{"seconds": 1, "title": "Two"}, {"seconds": 0, "title": "One"}, {"seconds": -1, "title": "None"}, 7],
                "hls": """;
        publisher.publish("EncodeUploadedVideo", other.uploaded());
        await().until(() -> video(other).isPresent());
        owner = as(other.userId());
        id = video(other).orElseThrow().getId();
        put(owner, "fr", "Mine");

        publisher.publish("VideoEncodingCompleted", other.completed(1).replace("\"hls\":", texts));

        await().until(() -> captions(owner, "").size() == 2);
        assertThat(captions(owner, ""))
                .extracting(Caption::getLanguage, Caption::getLabel, Caption::getDefault)
                .containsExactly(tuple("en", "From the file", true), tuple("fr", "Fran\u00e7ais", false));
        assertThat(text(owner, "fr", "")).isEqualTo(vtt("Mine"));
        assertThat(chapters(owner, "")).extracting(Chapter::getTitle).containsExactly("One", "Two");
        assertThat(found("dugong")).containsExactly(id);

        delete(owner, "en");
        putChapters();
        publisher.publish("VideoEncodingCompleted", other.completed(2).replace("\"hls\":", texts));
        await().until(() -> captions(owner, "").get(0).getUrl().contains("/2/"));

        assertThat(captions(owner, "")).extracting(Caption::getLanguage).containsExactly("fr");
        assertThat(chapters(owner, "")).isEmpty();
    }

    @Test
    void tellsWhatAVideoCanBeHeardWith() throws Exception {
        Messages other = Messages.about(newUser(), "With sounds");
        String sounds = """
                "audio_tracks": [
                    {"language": "de", "label": "Deutsch", "channels": 6, "default": true, "audio_description": false},
                    {"label": "Described", "channels": 2, "default": false, "audio_description": true}],
                "hls":""";

        publisher.publish("VideoEncodingCompleted", other.completed(1).replace("\"hls\":", sounds));
        await().until(() -> video(other).isPresent());

        int heard = video(other).orElseThrow().getId();
        assertThat(find(anybody(), heard).getAudioTracksList())
                .extracting(AudioTrack::getLabel, AudioTrack::getChannels, AudioTrack::getDefault)
                .containsExactly(tuple("Deutsch", 6, true), tuple("Described", 2, false));
        assertThat(find(anybody(), heard).getAudioTracks(1))
                .matches(track -> track.getAudioDescription() && !track.hasLanguage());
        assertThat(find(anybody(), id).getAudioTracksList()).isEmpty();
    }

    @Test
    void keepsChaptersInTheirOrder() {
        assertThat(putChapters(chapter(60.5, " Two "), chapter(0, "One")))
                .extracting(Chapter::getSeconds, Chapter::getTitle)
                .containsExactly(tuple(0.0, "One"), tuple(60.5, "Two"));
        assertThat(find(anybody(), id).getChaptersList()).isEqualTo(chapters(anybody(), ""));

        assertThat(fault(() -> putChapters(chapter(1, "A"), chapter(1, "B"))).fieldErrors())
                .containsKey("chapters");
        assertThat(fault(() -> putChapters(chapter(Double.NaN, "A"))).fieldErrors())
                .containsKey("seconds");
        assertThat(fault(() -> putChapters(chapter(-1, "A"))).fieldErrors()).containsKey("seconds");
        assertThat(fault(() -> putChapters(chapter(1, "\u200b"))).fieldErrors()).containsKey("title");
        assertThat(chapters(anybody(), "")).hasSize(2);
        assertThat(putChapters()).isEmpty();
    }

    private List<Chapter> putChapters(Chapter... chapters) {
        return owner.putChapters(PutChaptersRequest.newBuilder()
                        .setId(id)
                        .addAllChapters(List.of(chapters))
                        .build())
                .getData()
                .getChaptersList();
    }

    private static Chapter chapter(double seconds, String title) {
        return Chapter.newBuilder().setSeconds(seconds).setTitle(title).build();
    }

    private List<Chapter> chapters(VideoCatalogServiceBlockingStub stub, String link) {
        return stub.findChapters(
                        FindChaptersRequest.newBuilder().setId(id).setLink(link).build())
                .getData()
                .getChaptersList();
    }

    private static String vtt(String text) {
        return "WEBVTT\n\n00:01.000 --> 00:02.000\n" + text + "\n\n";
    }

    private PutCaptionsRequest.Builder request(String language, String text) {
        return PutCaptionsRequest.newBuilder()
                .setId(id)
                .setLanguage(language)
                .setFile(ByteString.copyFromUtf8(vtt(text)));
    }

    private void put(VideoCatalogServiceBlockingStub stub, String language, String text) {
        assertThat(stub.putCaptions(request(language, text).build()).getMessage())
                .isEqualTo("Success");
    }

    private void delete(VideoCatalogServiceBlockingStub stub, String language) {
        assertThat(stub.deleteCaptions(DeleteCaptionsRequest.newBuilder()
                                .setId(id)
                                .setLanguage(language)
                                .build())
                        .getMessage())
                .isEqualTo("Success");
    }

    private List<Caption> captions(VideoCatalogServiceBlockingStub stub, String link) {
        return stub.findCaptions(
                        FindCaptionsRequest.newBuilder().setId(id).setLink(link).build())
                .getData()
                .getCaptionsList();
    }

    private String text(VideoCatalogServiceBlockingStub stub, String language, String link) {
        return stub.readCaptions(ReadCaptionsRequest.newBuilder()
                        .setId(id)
                        .setLanguage(language)
                        .setLink(link)
                        .build())
                .getData()
                .getContent();
    }

    private List<Integer> found(String words) {
        return anybody()
                .findAll(FindAllRequest.newBuilder().setSearch(words).build())
                .getData()
                .getVideosList()
                .stream()
                .map(Video::getId)
                .toList();
    }

    private List<Integer> mineFound(String words) {
        return owner.findMine(FindMineRequest.newBuilder().setSearch(words).build()).getData().getVideosList().stream()
                .map(Video::getId)
                .toList();
    }
}
