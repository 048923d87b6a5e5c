package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PutThumbnailRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What an owner sent is encoded as it was checked, whatever is put in its place and when; and what was published while
 * pictures were served as they came is renewed.
 */
class ThumbnailsIT extends EncodeTestBase {

    private static final String QUEUE = Servers.jobs("thumbnails");
    private static final byte[] PAGE = "<script>alert(1)</script>".repeat(1000).getBytes(StandardCharsets.UTF_8);
    private static final String CHANGED =
            "The thumbnail was changed after it was checked; a picture of the video is shown instead.";

    /** What happens once before a step. */
    private final AtomicReference<Runnable> beforeVideoIsFetched = new AtomicReference<>(() -> {});

    private final AtomicReference<Runnable> whileVideoComes = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeThumbnailIsFetched = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeThumbnailIsMade = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeResultIsStored = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> beforeRenewalIsRecorded = new AtomicReference<>(() -> {});

    private Map<String, String> properties;
    private ConfigurableApplicationContext service;
    private byte[] photo;

    @BeforeAll
    void startService() throws Exception {
        photo = photo("red");
        properties = servers.properties("thumbnails");
        properties.put("encode.renew-period", "200");
        properties.put("encode.lease", "PT5S");
        service = start(properties);
        once("encode-download", "get-source", beforeVideoIsFetched);
        once("encode-download", "save-source", whileVideoComes);
        once("encode-fetch-thumbnail", "get-thumbnail", beforeThumbnailIsFetched);
        once("encode-fetch-thumbnail", "save-thumbnail", beforeThumbnailIsMade);
        once("encode-store-file", "store-file", beforeResultIsStored);
        once("encode-renew-thumbnail", "record-renewal", beforeRenewalIsRecorded);
    }

    @AfterAll
    void stopService() {
        service.close();
    }

    @Test
    void showsTheOwnersPictureUprightInAllSizesAndWithoutThePlaceWhereItWasTaken() throws Exception {
        upload("shown", small());
        thumbnail("shown", photo);

        JsonNode data = encoded("shown", checked("shown"));

        assertThat(data.path("thumbnail").asText()).isEqualTo("encoded-videos/shown/1/thumbnail-640.jpg");
        assertThat(data.path("warnings")).isEmpty();
        assertThat(sizes(data))
                .containsExactly(
                        "thumbnail-640.jpg 360x640 image/jpeg",
                        "thumbnail-640.webp 360x640 image/webp",
                        "thumbnail-320.jpg 320x569 image/jpeg",
                        "thumbnail-320.webp 320x569 image/webp");
        assertThat(colour(data)).isEqualTo("red");
        assertThat(stored("shown")).noneMatch(name -> name.endsWith("poster.jpg"));
        for (JsonNode thumbnail : data.path("thumbnails")) {
            String key = thumbnail.path("key").asText();
            assertThat(head(key).contentType()).isEqualTo(thumbnail.path("type").asText());
            assertThat(head(key).cacheControl()).contains("immutable");
            assertThat(new String(bytes(key), StandardCharsets.ISO_8859_1)).doesNotContain("Exif", Photos.MAKER);
        }
    }

    /** What is seen while sound alone is played. */
    @Test
    void showsTheOwnersPictureForSoundAloneElseItsCoverElseItsWaveform() throws Exception {
        clips.make("-f lavfi -i color=blue:s=320x180 -frames:v 1 -pix_fmt yuvj444p cover.jpg");
        String song = "-f lavfi -i sine=f=440:d=2 ";
        String covered = song + "-i cover.jpg -map 0 -map 1 -c:v copy -disposition:v attached_pic ";
        upload("song-given", clips.make(covered + "song-given.mp3"));
        upload("song-covered", clips.make(covered + "song-covered.mp3"));
        upload("song-bare", clips.make(song + "song-bare.mp3"));
        upload("song-unread", clips.make(covered + "song-unread.mp3"));
        thumbnail("song-given", photo);
        thumbnail("song-unread", "no picture".getBytes(StandardCharsets.US_ASCII));

        JsonNode given = encoded("song-given", checked("song-given"));
        JsonNode waved = encoded("song-bare", "");
        JsonNode unread = encoded("song-unread", checked("song-unread"));

        assertThat(shown(given)).isEqualTo("360x640 red");
        assertThat(colour(given)).isEqualTo("red");
        assertThat(shown(encoded("song-covered", ""))).isEqualTo("320x180 blue");
        assertThat(shown(waved)).startsWith("1280x720 ").doesNotContain("red", "blue");
        assertThat(shown(unread)).isEqualTo("320x180 blue");
        assertThat(warnings(unread)).hasSize(1);
    }

    @Test
    void showsAPictureOfTheVideoInAllSizesWhenTheOwnerSentNone() {
        upload("none", clips.make("-f lavfi -i color=blue:s=640x360:r=25:d=2 -c:v libx264 -preset ultrafast none.mp4"));

        JsonNode data = encoded("none", "");

        assertThat(sizes(data))
                .containsExactly(
                        "thumbnail-640.jpg 640x360 image/jpeg",
                        "thumbnail-640.webp 640x360 image/webp",
                        "thumbnail-320.jpg 320x180 image/jpeg",
                        "thumbnail-320.webp 320x180 image/webp");
        assertThat(colour(data)).isEqualTo("blue");
        assertThat(data.path("warnings")).isEmpty();
    }

    @Test
    void saysInWordsThatAPictureCanNotBeReadAndShowsOneOfTheVideo() {
        upload("unread", blue());
        thumbnail("unread", "\u0089PNG\r\n\u001a\n no picture".getBytes(StandardCharsets.ISO_8859_1));

        JsonNode data = encoded("unread", checked("unread"));

        assertThat(warnings(data))
                .containsExactly("The thumbnail could not be read; a picture of the video is shown instead.");
        assertThat(colour(data)).isEqualTo("blue");
    }

    @Test
    void takesNoThumbnailThatWasPutAfterTheCheckWhereNoneWas() {
        upload("late", blue());
        String checkedVideo = checkedVideo("late");
        thumbnail("late", photo);

        JsonNode data = encoded("late", checkedVideo);

        assertThat(colour(data)).isEqualTo("blue");
        assertThat(data.path("warnings")).isEmpty();
    }

    @Test
    void takesNoThumbnailButTheOneThatWasChecked() throws Exception {
        byte[] other = photo("green");
        swap("before", () -> thumbnail("before", other), () -> {});
        swap("page", () -> thumbnail("page", PAGE), () -> {});
        swap("found", () -> {}, () -> beforeThumbnailIsFetched.set(() -> thumbnail("found", other)));
        for (String id : List.of("before", "page", "found")) {
            JsonNode data = bus.outcome(id).path("data");
            assertThat(warnings(data)).as(id).containsExactly(CHANGED);
            assertThat(colour(data)).as(id).isEqualTo("blue");
        }
    }

    @Test
    void showsWhatWasCheckedWhenTheThumbnailIsReplacedAfterItWasFetched() throws Exception {
        byte[] other = photo("green");
        swap("fetched", () -> {}, () -> beforeThumbnailIsMade.set(() -> thumbnail("fetched", PAGE)));
        assertThat(colour(bus.outcome("fetched").path("data"))).isEqualTo("red");
        swap("made", () -> {}, () -> beforeResultIsStored.set(() -> thumbnail("made", other)));
        JsonNode data = bus.outcome("made").path("data");
        assertThat(colour(data)).isEqualTo("red");
        byte[] served = bytes(data.path("thumbnail").asText());

        thumbnail("made", PAGE);

        assertThat(bytes(data.path("thumbnail").asText())).isEqualTo(served);
    }

    @Test
    void encodesNoVideoButTheOneThatWasCheckedAndSaysSo() {
        Path other = clips.make("-f lavfi -i color=green:s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4");
        upload("swapped", blue());
        String checked = checkedVideo("swapped");
        upload("swapped", other);
        bus.send(QUEUE, Messages.uploaded("swapped", checked));

        upload("raced", blue());
        String checkedRaced = checkedVideo("raced");
        assertFailed("swapped");
        beforeVideoIsFetched.set(() -> upload("raced", other));
        bus.send(QUEUE, Messages.uploaded("raced", checkedRaced));
        assertFailed("raced");
    }

    @Test
    void encodesTheVideoThatWasCheckedWhenItIsReplacedWhileItComesOrAfterwards() {
        Path other = clips.make("-f lavfi -i color=green:s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4");
        upload("comes", blue());
        whileVideoComes.set(() -> upload("comes", other));
        assertThat(encoded("comes", checkedVideo("comes")).path("width").asInt())
                .isEqualTo(640);

        upload("came", blue());
        beforeResultIsStored.set(() -> upload("came", other));
        assertThat(encoded("came", checkedVideo("came")).path("width").asInt()).isEqualTo(640);
    }

    @Test
    void keepsWhatIsWatchedWhenTheVideoIsReplacedAfterwards() {
        upload("kept", blue());
        thumbnail("kept", photo);
        JsonNode data = encoded("kept", checked("kept"));
        byte[] served = bytes(data.path("path").asText() + "/segment-0-00001.m4s");

        upload(
                "kept",
                clips.make("-f lavfi -i color=green:s=128x96:r=25:d=1 -c:v libx264 -preset ultrafast other.mp4"));
        thumbnail("kept", PAGE);
        reencode("kept");

        assertFailed("kept");
        assertThat(bytes(data.path("path").asText() + "/segment-0-00001.m4s")).isEqualTo(served);
        assertThat(bytes(data.path("thumbnail").asText())).isNotEmpty();
    }

    @Test
    void encodesWhatWasPutTwiceAlike() {
        Path video = blue();
        upload("twice", video);
        String checked = checkedVideo("twice");
        upload("twice", video);

        assertThat(encoded("twice", checked).path("width").asInt()).isEqualTo(640);
    }

    /** As the release before left them: pictures at the key that they were put to, and no sizes. */
    @Test
    void renewsThePicturesOfVideosThatWereEncodedBefore() throws Exception {
        stopRoutes(service, "encode-renew-thumbnails");
        for (String id : List.of("old-photo", "old-broken", "old-gone", "old-poster", "old-deleted")) {
            upload(id, blue());
            encoded(id, "");
        }
        thumbnail("old-photo", photo);
        thumbnail("old-broken", PAGE);
        s3.putObject(
                request -> request.bucket(Servers.BUCKET).key("encoded-videos/old-poster/1/poster.jpg"),
                RequestBody.fromBytes(photo("green")));
        // The raw files are gone: nothing of this needs them.
        for (String id : List.of("old-photo", "old-broken", "old-gone", "old-poster")) {
            s3.deleteObject(request -> request.bucket(Servers.BUCKET).key("raw-videos/" + id));
            makeOld(id, id.equals("old-poster") ? "encoded-videos/old-poster/1/poster.jpg" : "thumbnails/none-" + id);
        }
        makeOld("old-deleted", "thumbnails/none-old-deleted");
        bus.send(Servers.events("thumbnails"), Messages.deleted("old-deleted"));
        patiently()
                .untilAsserted(() -> assertThat(state(service, "old-deleted")).isEqualTo("deleted"));

        // The first one is cut off before its end, and comes again.
        beforeRenewalIsRecorded.set(() -> {
            throw new IllegalStateException("The world is down");
        });
        startRoutes(service, "encode-renew-thumbnails");

        JsonNode renewed = bus.outcome("old-photo").path("data");
        assertThat(sizes(renewed))
                .startsWith("thumbnail-640.jpg 360x640 image/jpeg")
                .hasSize(4);
        assertThat(colour(renewed)).isEqualTo("red");
        assertThat(renewed.path("path").asText()).isEqualTo("encoded-videos/old-photo/1");
        assertThat(renewed.path("attempt").asInt()).isEqualTo(1);
        assertThat(renewed.path("title").asText()).isEqualTo("A title");
        assertThat(renewed.path("renditions")).isNotEmpty();
        assertThat(new String(bytes(renewed.path("thumbnail").asText()), StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif", Photos.MAKER);

        JsonNode broken = bus.outcome("old-broken").path("data");
        assertThat(colour(broken)).isEqualTo("blue");
        assertThat(warnings(broken))
                .containsExactly("The thumbnail could not be read; a picture of the video is shown instead.");

        JsonNode gone = bus.outcome("old-gone").path("data");
        assertThat(colour(gone)).isEqualTo("blue");

        JsonNode poster = bus.outcome("old-poster").path("data");
        assertThat(colour(poster)).isEqualTo("green");
        assertThat(poster.path("thumbnail").asText()).isEqualTo("encoded-videos/old-poster/1/thumbnail-640.jpg");

        patiently().untilAsserted(() -> assertThat(jdbc(service)
                        .queryForObject(
                                "select count(*) from jobs where result is not null and result -> 'thumbnails' is null",
                                Integer.class))
                .isZero());
        assertThat(bus.hasOutcome("old-photo")).isFalse();
        assertThat(bus.hasOutcome("old-deleted")).isFalse();
    }

    @Test
    void showsTheFileThatTheOwnerChoosesLaterAndKeepsItWhenTheVideoIsEncodedAgain() throws Exception {
        upload("chosen", blue());
        encoded("chosen", "");

        choose("chosen", picture(photo));

        JsonNode shown = bus.outcome("chosen").path("data");
        assertThat(sizes(shown))
                .startsWith("picture-1-640.jpg 360x640 image/jpeg")
                .hasSize(4);
        assertThat(shown.path("thumbnail").asText()).isEqualTo("encoded-videos/chosen/1/picture-1-640.jpg");
        assertThat(colour(shown)).isEqualTo("red");
        assertThat(new String(bytes(shown.path("thumbnail").asText()), StandardCharsets.ISO_8859_1))
                .doesNotContain("Exif", Photos.MAKER);
        assertThat(superseded("chosen")).containsExactly("encoded-videos/chosen/1/thumbnail-");

        reencode("chosen");
        JsonNode again = bus.outcome("chosen").path("data");
        assertThat(again.path("thumbnail").asText()).isEqualTo("encoded-videos/chosen/2/picture-1-640.jpg");
        assertThat(colour(again)).isEqualTo("red");

        choose("chosen", PutThumbnailRequest.newBuilder());
        JsonNode own = bus.outcome("chosen").path("data");
        assertThat(own.path("thumbnail").asText()).isEqualTo("encoded-videos/chosen/2/picture-2-640.jpg");
        assertThat(colour(own)).isEqualTo("blue");
        assertThat(superseded("chosen")).contains("encoded-videos/chosen/2/picture-1-");
    }

    @Test
    void showsTheSecondOfTheVideoThatTheOwnerChooses() {
        upload("second", coloured());
        encoded("second", "");

        assertThat(colourAt(5)).isEqualTo("green");
        assertThat(colourAt(8.5)).isEqualTo("blue");
        assertThat(colourAt(0)).isEqualTo("red");
        assertThat(colourAt(11.999)).isEqualTo("blue");

        reencode("second");
        assertThat(colour(bus.outcome("second").path("data"))).isEqualTo("blue");
    }

    /** Nobody has encoded it yet, so nobody knows whether it is so long. */
    @Test
    void showsWhatTheOwnerChoosesBeforeTheVideoIsEncoded() throws Exception {
        stopRoutes(service, "encode-claim");
        for (String id : List.of("early", "beyond")) {
            upload(id, coloured());
            bus.send(QUEUE, Messages.uploaded(id, ""));
            patiently().until(() -> state(service, id).equals("waiting"));
        }
        choose("early", second(5));
        choose("beyond", second(5000));
        startRoutes(service, "encode-claim");

        JsonNode data = bus.outcome("early").path("data");
        assertThat(data.path("thumbnail").asText()).isEqualTo("encoded-videos/early/1/picture-1-640.jpg");
        assertThat(colour(data)).isEqualTo("green");
        assertThat(colour(bus.outcome("beyond").path("data"))).isEqualTo("blue");
    }

    @Test
    void takesNoChoiceThatIsNoneOrSomebodyElses() {
        upload("refusing", blue());
        encoded("refusing", "");

        assertThat(refusal("refusing", picture(PAGE)))
                .isEqualTo("{thumbnail=[thumbnail is not a JPEG, PNG, WebP or GIF image]}");
        assertThat(refusal("refusing", second(-1))).isEqualTo("{second=[second must be at least 0]}");
        assertThat(refusal("refusing", second(Double.NaN))).isEqualTo("{second=[second must be at least 0]}");
        assertThat(refusal("refusing", second(2)))
                .isEqualTo("{second=[second must be less than 2.0, which is where the video ends]}");
        assertThat(fault(1, "refusing", second(1)).code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(fault(Messages.OWNER, "nowhere", second(1)).code()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void saysThatAChosenPictureCanNotBeRead() {
        upload("illegible", blue());
        encoded("illegible", "");

        choose("illegible", picture("\u0089PNG\r\n\u001a\n no picture".getBytes(StandardCharsets.ISO_8859_1)));

        JsonNode data = bus.outcome("illegible").path("data");
        assertThat(warnings(data))
                .containsExactly("The thumbnail could not be read; a picture of the video is shown instead.");
        assertThat(colour(data)).isEqualTo("blue");
    }

    /** The one that was made first may not stay. */
    @Test
    void showsTheLastOfTwoChoicesWhenOneIsMadeWhileTheOtherIs() throws Exception {
        upload("overtaken", blue());
        encoded("overtaken", "");
        byte[] green = photo("green");
        beforeRenewalIsRecorded.set(() -> choose("overtaken", picture(green)));

        choose("overtaken", picture(photo));

        assertThat(colour(bus.outcome("overtaken").path("data"))).isEqualTo("red");
        assertThat(colour(bus.outcome("overtaken").path("data"))).isEqualTo("green");
    }

    private String colourAt(double second) {
        choose("second", second(second));
        return colour(bus.outcome("second").path("data"));
    }

    private void choose(String id, PutThumbnailRequest.Builder choice) {
        assertThat(callAs(
                                properties,
                                Messages.OWNER,
                                "user",
                                stub -> stub.putThumbnail(choice.setVideoId(id).build()))
                        .getMessage())
                .isEqualTo("Success");
    }

    private String refusal(String id, PutThumbnailRequest.Builder choice) {
        return fault(Messages.OWNER, id, choice).fieldErrors().toString();
    }

    private Fault fault(int user, String id, PutThumbnailRequest.Builder choice) {
        return Fault.from(catchThrowableOfType(
                StatusRuntimeException.class,
                () -> callAs(
                        properties,
                        user,
                        "user",
                        stub -> stub.putThumbnail(choice.setVideoId(id).build()))));
    }

    private static PutThumbnailRequest.Builder picture(byte[] file) {
        return PutThumbnailRequest.newBuilder().setPicture(ByteString.copyFrom(file));
    }

    private static PutThumbnailRequest.Builder second(double second) {
        return PutThumbnailRequest.newBuilder().setSecond(second);
    }

    private List<String> superseded(String id) {
        return jdbc(service)
                .queryForList("select prefix from orphans where video_id = ? and number = 0", String.class, id);
    }

    private void once(String route, String step, AtomicReference<Runnable> what) throws Exception {
        before(service, route, step, exchange -> what.getAndSet(() -> {}).run());
    }

    /** Encodes a video with a thumbnail, with something put in between. */
    private void swap(String id, Runnable afterTheCheck, Runnable beforeTheMessage) {
        upload(id, blue());
        thumbnail(id, photo);
        String checked = checked(id);
        afterTheCheck.run();
        beforeTheMessage.run();
        bus.send(QUEUE, Messages.uploaded(id, checked));
        patiently().until(() -> state(service, id).equals("succeeded"));
    }

    private JsonNode encoded(String id, String more) {
        bus.send(QUEUE, Messages.uploaded(id, more));
        JsonNode event = bus.outcome(id);
        assertThat(key(event)).as("%s", event).isEqualTo("VideoEncodingCompleted");
        return event.path("data");
    }

    private void assertFailed(String id) {
        JsonNode event = bus.outcome(id);
        assertThat(key(event)).isEqualTo("VideoEncodingFailed");
        assertThat(event.path("data").path("reason").asText()).isEqualTo("CHANGED");
        assertThat(event.path("data").path("failure").asText())
                .isEqualTo("The uploaded file was changed after it was checked.");
    }

    private void reencode(String id) {
        jdbc(service)
                .update(
                        "update jobs set state = 'waiting', not_before = now() where video_id = ? and state = 'succeeded'",
                        id);
    }

    private void makeOld(String id, String thumbnail) {
        jdbc(service)
                .update(
                        "update jobs set result = jsonb_set(result - 'thumbnails' - 'warnings', '{thumbnail}', to_jsonb(?)),"
                                + " renew_after = now() where video_id = ?",
                        thumbnail,
                        id);
        for (String name : stored(id)) {
            if (name.contains("thumbnail-")) {
                s3.deleteObject(request -> request.bucket(Servers.BUCKET).key("encoded-videos/" + id + "/" + name));
            }
        }
    }

    private void thumbnail(String id, byte[] picture) {
        s3.putObject(
                request -> request.bucket(Servers.BUCKET)
                        .key("thumbnails/none-" + id)
                        .contentType("text/html"),
                RequestBody.fromBytes(picture));
    }

    /** What upload says of both files as they are now. */
    private String checked(String id) {
        String key = "thumbnails/none-" + id;
        return checkedVideo(id)
                + ", \"thumbnail\": \"%s\", \"thumbnail_size\": %d, \"thumbnail_etag\": \"%s\""
                        .formatted(
                                key, head(key).contentLength(), head(key).eTag().replace("\"", "\\\""));
    }

    private String checkedVideo(String id) {
        HeadObjectResponse head = head("raw-videos/" + id);
        return ", \"size\": %d, \"etag\": \"%s\""
                .formatted(head.contentLength(), head.eTag().replace("\"", "\\\""));
    }

    private HeadObjectResponse head(String key) {
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key(key));
    }

    private byte[] bytes(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key(key))
                .asByteArray();
    }

    private static List<String> warnings(JsonNode data) {
        List<String> warnings = new ArrayList<>();
        data.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    private static List<String> sizes(JsonNode data) {
        List<String> sizes = new ArrayList<>();
        for (JsonNode thumbnail : data.path("thumbnails")) {
            String key = thumbnail.path("key").asText();
            assertThat(key).startsWith(data.path("path").asText() + "/");
            sizes.add("%s %dx%d %s"
                    .formatted(
                            key.substring(key.lastIndexOf('/') + 1),
                            thumbnail.path("width").asInt(),
                            thumbnail.path("height").asInt(),
                            thumbnail.path("type").asText()));
        }
        return sizes;
    }

    /** Of all its sizes. */
    private String colour(JsonNode data) {
        List<String> colours = new ArrayList<>();
        for (JsonNode thumbnail : data.path("thumbnails")) {
            String key = thumbnail.path("key").asText();
            try {
                Path file = clips.join(key.replace('/', '-'), List.of(bytes(key)));
                colours.add(mean(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(colours.stream().distinct()).as("%s", colours).hasSize(1);
        return colours.get(0);
    }

    /** Size and colour of a moment of the video itself. */
    private String shown(JsonNode data) throws IOException {
        String path = data.path("path").asText() + "/";
        Path beginning = clips.join(
                path.replace('/', '-') + "beginning.mp4",
                List.of(bytes(path + "init-0.mp4"), bytes(path + "segment-0-00001.m4s")));
        return data.path("width").asInt() + "x" + data.path("height").asInt() + " " + mean(beginning);
    }

    private String mean(Path picture) throws IOException {
        byte[] pixel = Files.readAllBytes(
                clips.make("-i " + picture + " -frames:v 1 -vf scale=1:1,format=rgb24 -f rawvideo pixel.raw"));
        return name(pixel[0] & 0xff, pixel[1] & 0xff, pixel[2] & 0xff);
    }

    private static String name(int red, int green, int blue) {
        if (red > 150 && green < 100 && blue < 100) {
            return "red";
        }
        if (green > 80 && red < 80 && blue < 80) {
            return "green";
        }
        return blue > 150 && red < 100 && green < 100 ? "blue" : red + " " + green + " " + blue;
    }

    private byte[] photo(String colour) throws IOException {
        Path jpeg = clips.make("-f lavfi -i color=" + colour + ":s=640x360 -frames:v 1 -pix_fmt yuvj444p photo.jpg");
        return Photos.jpeg(Files.readAllBytes(jpeg), Photos.exif(6, ByteOrder.LITTLE_ENDIAN));
    }

    /** Red, green and blue, four seconds each. */
    private Path coloured() {
        String colour = "-f lavfi -i color=%s:s=640x360:r=25:d=4 ";
        return clips.make(colour.formatted("red") + colour.formatted("lime") + colour.formatted("blue")
                + "-filter_complex concat=n=3 -c:v libx264 -preset ultrafast coloured.mp4");
    }

    private Path blue() {
        return clips.make("-f lavfi -i color=blue:s=640x360:r=25:d=2 -c:v libx264 -preset ultrafast blue.mp4");
    }
}
