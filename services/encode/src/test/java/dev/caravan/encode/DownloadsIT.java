package dev.caravan.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.proto.encode.ReencodeRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Videos are there as files to download when their owners want that, and not before. */
class DownloadsIT extends EncodeTestBase {

    private static final String QUEUE = Servers.jobs("downloads");
    private static final int RATE = 16_000;
    private static final String X264 = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

    /** What happens once before a file is stored. */
    private final AtomicReference<Runnable> beforeFileIsStored = new AtomicReference<>(() -> {});

    private Map<String, String> properties;
    private ConfigurableApplicationContext service;

    @BeforeAll
    void startService() throws Exception {
        properties = servers.properties("downloads");
        properties.put("encode.renew-period", "200");
        properties.put("encode.lease", "PT2S");
        service = start(properties);
        before(service, "encode-store-download", "store-download", exchange -> beforeFileIsStored
                .getAndSet(() -> {})
                .run());
    }

    @AfterAll
    void stopService() {
        service.close();
    }

    @Test
    void areOneFileOfEachSizeWithItsSoundThatPlaysWhileItComes(@TempDir Path folder) throws Exception {
        // The sound begins a second after the picture, and the second of the languages is the one to play.
        String film =
                "-f lavfi -i testsrc2=s=640x360:r=25:d=6 -f lavfi -i sine=f=440:d=5 -itsoffset 1 -f lavfi -i sine=f=880:d=5"
                        + " -map 0 -map 1 -map 2" + X264
                        + "-c:a aac -metadata:s:a:0 language=eng -metadata:s:a:1 language=ger"
                        + " -disposition:a:0 0 -disposition:a:1 default film.mkv";
        encoded("film", clips.make(film));
        assertThat(stored("film")).noneMatch(name -> name.contains("download"));

        allow("film", 2, "Le \\\"Fil\\\": Ü/1");

        JsonNode files = bus.outcome("film").path("data").path("downloads");
        assertThat(files).extracting(file -> file.path("rendition").asText()).containsExactly("360p", "240p");
        assertThat(files.get(0).path("key").asText()).isEqualTo("encoded-videos/film/1/downloads/360p.mp4");
        assertThat(files.get(1).path("width").asInt()).isEqualTo(426);
        for (JsonNode file : files) {
            Path fetched = fetch(file, folder);
            JsonNode said = clips.probe(fetched, "stream=codec_name,start_time,duration,height");
            assertThat(said.path("streams"))
                    .extracting(stream -> stream.path("codec_name").asText())
                    .containsExactly("h264", "aac");
            assertThat(said.path("streams").get(0).path("height").asInt())
                    .isEqualTo(file.path("height").asInt());
            assertThat(said.path("streams").get(0).path("duration").asDouble()).isCloseTo(6, within(0.1));
            short[] sound = sound(fetched);
            assertThat(rises(sound, 0.2, 0.8)).isZero();
            assertThat(rises(sound, 2, 3)).isCloseTo(880, within(20));
            assertThat(boxes(fetched).subList(0, 2)).containsExactly("ftyp", "moov");
        }
        HeadObjectResponse head = head(files.get(0).path("key").asText());
        assertThat(head.contentType()).isEqualTo("video/mp4");
        assertThat(head.cacheControl()).contains("immutable");
        assertThat(head.contentDisposition())
                .startsWith("attachment; filename=\"Le Fil U 1 360p.mp4\"; ")
                .endsWith("filename*=UTF-8''Le%20Fil%20%C3%9C%201%20360p.mp4");
    }

    @Test
    void areMadeOfVideosWithoutSoundAndOfSoundAlone(@TempDir Path folder) throws Exception {
        encoded("silent", small());
        encoded("song", clips.make("-f lavfi -i sine=d=3 download-song.mp3"));
        allow("silent", 2, "...");
        allow("song", 2, "Song");

        Path silent = fetch(bus.outcome("silent").path("data").path("downloads").get(0), folder);
        Path song = fetch(bus.outcome("song").path("data").path("downloads").get(0), folder);

        assertThat(clips.probe(silent, "stream=codec_name").path("streams")).hasSize(1);
        assertThat(clips.probe(song, "stream=codec_name").path("streams"))
                .extracting(stream -> stream.path("codec_name").asText())
                .containsExactly("h264", "aac");
        assertThat(head("encoded-videos/silent/1/downloads/144p.mp4").contentDisposition())
                .contains("filename*=UTF-8''video%20144p.mp4");
    }

    /** The messages come by two queues, and the owner may be quicker than his video. */
    @Test
    void areMadeAlsoWhenTheyWereWantedBeforeTheVideoCameAndAnewOfAnotherEncoding() {
        allow("early", 2, "Early");
        patiently().until(() -> wanted("early"));

        JsonNode first = encoded("early", small());
        JsonNode made = bus.outcome("early").path("data");
        callAs(
                properties,
                1,
                "admin",
                stub -> stub.reencode(
                        ReencodeRequest.newBuilder().setVideoId("early").build()));
        JsonNode second = bus.outcome("early").path("data");
        JsonNode madeAnew = bus.outcome("early").path("data");

        assertThat(first.has("downloads")).isFalse();
        assertThat(keyOf(made)).endsWith("/1/downloads/144p.mp4");
        assertThat(second.path("attempt").asInt()).isEqualTo(2);
        assertThat(second.has("downloads")).isFalse();
        assertThat(keyOf(madeAnew)).endsWith("/2/downloads/144p.mp4");
    }

    @Test
    void areAsTheOwnerSaidLastWhicheverMessageComesFirst() {
        encoded("changed", small());
        bus.publish("VideoUpdated", Messages.changed("changed", 3, "No", "none"));
        patiently().until(() -> revision("changed") == 3);
        allow("changed", 2, "Earlier");
        allow("other", 2, "Comes after it");
        patiently().until(() -> revision("other") == 2);

        assertThat(wanted("changed")).isFalse();
        assertThat(revision("changed")).isEqualTo(3);

        bus.publish("VideoUpdated", Messages.changed("changed", 4, "With the source", "source"));
        assertThat(keyOf(bus.outcome("changed").path("data"))).endsWith("/1/downloads/144p.mp4");
        // What is there is not made again.
        bus.publish("VideoUpdated", Messages.changed("changed", 5, "No", "none"));
        bus.publish("VideoUpdated", Messages.changed("changed", 6, "Yes", "renditions"));
        patiently().until(() -> revision("changed") == 6 && idle("changed"));
        assertThat(bus.hasOutcome("changed")).isFalse();
    }

    @Test
    void areMadeByAnotherWorkerWhenOneDiedAndByNoneThatLostThem() throws Exception {
        encoded("lost", small());
        beforeFileIsStored.set(() -> {
            jdbc(service).update("update downloads set worker = 'dead' where video_id = 'lost'");
            patiently().until(() -> jdbc(service)
                    .queryForObject("select make_after < now() from downloads where video_id = 'lost'", Boolean.class));
        });

        allow("lost", 2, "Lost");

        JsonNode data = bus.outcome("lost").path("data");
        assertThat(keyOf(data)).endsWith("/1/downloads/144p.mp4");
        assertThat(jdbc(service)
                        .queryForObject("select worker is null from downloads where video_id = 'lost'", Boolean.class))
                .isTrue();
        assertThat(bus.hasOutcome("lost")).isFalse();
    }

    /** With the smallest parts that there are, as nobody waits for gigabytes here. */
    @Test
    void areStoredInPartsWhenTheyAreLarge(@TempDir Path folder) throws Exception {
        Map<String, String> inParts = servers.properties("parts");
        inParts.put("encode.ladder[0].height", "1080");
        inParts.put("encode.ladder[0].bitrate", "20000000");
        try (ConfigurableApplicationContext worker = start(inParts)) {
            AdviceWith.adviceWith(worker.getBean(CamelContext.class), "encode-store-download", route -> route.weaveById(
                            "store-download")
                    .replace()
                    .to("aws2-s3:{{s3.bucket}}?multiPartUpload=true&partSize=" + (5 << 20)));
            worker.getBean(CamelContext.class).getRouteController().startRoute("encode-store-download");
            upload(
                    "large",
                    clips.make("-f lavfi -i testsrc2=s=1280x720:r=25:d=5,noise=alls=80:allf=t" + X264
                            + "-b:v 12M large.mp4"));
            bus.send(Servers.jobs("parts"), Messages.uploaded("large", ""));
            bus.outcome("large");
            allow("large", 2, "Large");

            JsonNode file = bus.outcome("large").path("data").path("downloads").get(0);

            assertThat(file.path("size").asLong()).isGreaterThan(5 << 20);
            assertThat(head(file.path("key").asText()).eTag()).endsWith("-2\"");
            assertThat(head(file.path("key").asText()).contentDisposition()).startsWith("attachment;");
            assertThat(clips.probe(fetch(file, folder), "stream=codec_name").path("streams"))
                    .hasSize(1);
        }
    }

    @Test
    void areTriedAgainWhenTheStoreFails() {
        encoded("broken", small());
        beforeFileIsStored.set(() -> {
            throw new IllegalStateException("The store is gone.");
        });
        allow("broken", 2, "Broken");

        assertThat(keyOf(bus.outcome("broken").path("data"))).endsWith("/1/downloads/144p.mp4");
    }

    @Test
    void areGoneWithTheirVideo() {
        encoded("gone", small());
        allow("gone", 2, "Gone");
        bus.outcome("gone");

        bus.publish("VideoDeleted", Messages.deleted("gone"));

        patiently().untilAsserted(() -> assertThat(stored("gone")).isEmpty());
        allow("gone", 3, "Late");
        allow("after", 2, "Comes after it");
        patiently().until(() -> revision("after") == 2);
        assertThat(rows("gone")).isZero();
    }

    private JsonNode encoded(String id, Path clip) {
        upload(id, clip);
        bus.send(QUEUE, Messages.uploaded(id, ""));
        JsonNode event = bus.outcome(id);
        assertThat(key(event)).as("%s", event).isEqualTo("VideoEncodingCompleted");
        return event.path("data");
    }

    private void allow(String id, int revision, String title) {
        bus.publish("VideoUpdated", Messages.changed(id, revision, title, "renditions"));
    }

    private static String keyOf(JsonNode data) {
        return data.path("downloads").path(0).path("key").asText();
    }

    private boolean wanted(String id) {
        return jdbc(service)
                .queryForList("select wanted from downloads where video_id = ?", Boolean.class, id)
                .contains(true);
    }

    private boolean idle(String id) {
        return jdbc(service)
                .queryForList("select make_after is null from downloads where video_id = ?", Boolean.class, id)
                .contains(true);
    }

    private int revision(String id) {
        return jdbc(service)
                .queryForObject(
                        "select coalesce(max(revision), 0) from downloads where video_id = ?", Integer.class, id);
    }

    private int rows(String id) {
        return jdbc(service).queryForObject("select count(*) from downloads where video_id = ?", Integer.class, id);
    }

    private Path fetch(JsonNode file, Path folder) throws IOException {
        Path fetched = Files.createTempFile(folder, "fetched", ".mp4");
        Files.write(fetched, bytes(file.path("key").asText()));
        assertThat(file.path("size").asLong()).isEqualTo(Files.size(fetched));
        return fetched;
    }

    private byte[] bytes(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(Servers.BUCKET).key(key))
                .asByteArray();
    }

    private HeadObjectResponse head(String key) {
        return s3.headObject(request -> request.bucket(Servers.BUCKET).key(key));
    }

    /** As it is heard from the beginning of the video on. */
    private short[] sound(Path file) throws IOException {
        Path pcm = clips.make(
                "-i " + file + " -vn -af aresample=" + RATE + ":async=1:first_pts=0 -ac 1 -f s16le sound.pcm");
        ShortBuffer samples = ByteBuffer.wrap(Files.readAllBytes(pcm))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer();
        short[] sound = new short[samples.remaining()];
        samples.get(sound);
        return sound;
    }

    /** How often it goes up through silence. */
    private static int rises(short[] sound, double from, double to) {
        return (int) IntStream.range((int) (from * RATE) + 1, (int) (to * RATE))
                .filter(i -> sound[i - 1] < 0 && sound[i] >= 0)
                .count();
    }

    /** The names of what a file consists of. */
    private static List<String> boxes(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        List<String> names = new ArrayList<>();
        while (bytes.remaining() > 8) {
            int start = bytes.position();
            long length = Integer.toUnsignedLong(bytes.getInt());
            byte[] name = new byte[4];
            bytes.get(name);
            names.add(new String(name, StandardCharsets.US_ASCII));
            if (length < 8) {
                break;
            }
            bytes.position((int) Math.min(bytes.limit(), start + length));
        }
        return names;
    }
}
