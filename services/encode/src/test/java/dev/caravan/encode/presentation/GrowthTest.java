package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.encode.media.EncodingStyle;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.encode.media.Videos;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {

    private static final EncodingStyle STYLE = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000, 384_000);
    private static final RenditionGroup GROUP = new RenditionGroup(
            Videos.plan(Encoding.SECONDS, Encoding.RUNGS, Encoding.RATE)
                    .groups(1)
                    .get(0)
                    .plan(),
            RenditionGroup.FIRST,
            true);

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();
    private String whole = "";
    private int written;
    private Encoding encoding;
    private Growth growth;

    @BeforeEach
    void encode() throws Exception {
        encoding = Encoding.in(folder);
        encoding.split();
        whole = encoding.text("first-master.mpd");
        encoding.delete("first-master.mpd");
        growth = new Growth(folder, GROUP, STYLE, now::get);
    }

    @Test
    void isAsFarAsEachTrackGoes() throws Exception {
        assertThat(growth.grows()).as("nothing is written").isFalse();
        write(segments(1, 0));
        assertThat(growth.grows()).as("no sound is there").isFalse();

        write(segments(1, 2));

        assertThat(growth.grows()).isTrue();
        assertThat(length().seconds()).isEqualTo(4.004);
        assertThat(length().whole()).isFalse();
        assertThat(names(growth.files()))
                .containsExactlyInAnyOrder(
                        "init-first-0.mp4",
                        "init-first-1.mp4",
                        "segment-first-0-00001.m4s",
                        "segment-first-1-00001.m4s",
                        "segment-first-1-00002.m4s");
        assertThat(length().presentation().tracks())
                .extracting(Track::id, Track::picture)
                .containsExactly(tuple("first-0", true), tuple("first-1", false));
    }

    @Test
    void storesNothingTwice() throws Exception {
        write(segments(1, 1));
        assertThat(growth.grows()).isTrue();
        growth.store(growth.files());

        assertThat(growth.files()).isEmpty();
        write(segments(2, 2));
        assertThat(growth.grows()).isTrue();
        assertThat(names(growth.files()))
                .containsExactlyInAnyOrder("segment-first-0-00002.m4s", "segment-first-1-00002.m4s");
        assertThat(growth.stored()).hasSize(4);
    }

    @Test
    void isToldWithManifestsThatPlayersReadAgainFromTheBeginning() throws Exception {
        write(segments(2, 2));
        assertThat(growth.grows()).isTrue();

        assertThat(length().manifests())
                .containsOnlyKeys("media_first-0.m3u8", "media_first-1.m3u8", "master.m3u8", "master.mpd");
        assertThat(length().manifests().get("media_first-0.m3u8")).isEqualTo("""
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-TARGETDURATION:5
                #EXT-X-MEDIA-SEQUENCE:1
                #EXT-X-PLAYLIST-TYPE:EVENT
                #EXT-X-START:TIME-OFFSET=0.001
                #EXT-X-MAP:URI="init-first-0.mp4"
                #EXTINF:4.004000,
                segment-first-0-00001.m4s
                #EXTINF:4.004000,
                segment-first-0-00002.m4s
                """);
        assertThat(length().manifests().get("master.mpd"))
                .contains(
                        "type=\"dynamic\"",
                        "minimumUpdatePeriod=\"PT2S\"",
                        "suggestedPresentationDelay=\"PT15S\"",
                        "mediaPresentationDuration=\"PT9.009S\"",
                        "Representation bandwidth=\"100000\"",
                        "id=\"first-0\"",
                        "initialization=\"init-$RepresentationID$.mp4\"");
    }

    @Test
    void endsWhenAllOfTheGroupIsThere() throws Exception {
        write(segments(2, 2));
        assertThat(growth.grows()).isTrue();
        Files.writeString(encoding.file("first-master.mpd"), whole);

        growth.end();

        assertThat(growth.grows()).isTrue();
        assertThat(length().whole()).isTrue();
        assertThat(length().seconds()).isEqualTo(9.0);
        assertThat(length().manifests().get("media_first-0.m3u8"))
                .contains("#EXT-X-PLAYLIST-TYPE:VOD", "segment-first-0-00003.m4s", "#EXT-X-ENDLIST");
        assertThat(length().manifests().get("master.mpd")).contains("type=\"static\"");
        assertThat(growth.grows()).as("it has ended").isFalse();
    }

    @Test
    void isNotToldAgainAtOnce() throws Exception {
        write(segments(1, 1));
        assertThat(growth.grows()).isTrue();

        writeAtOnce(segments(2, 2));

        assertThat(growth.grows()).isFalse();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(growth.grows()).isTrue();
    }

    @Test
    void stopsAtASegmentThatNoPlayerCouldRead() throws Exception {
        write(segments(1, 1));
        assertThat(growth.grows()).isTrue();
        encoding.cut("segment-first-0-00002.m4s", 10);

        write(segments(2, 2));

        assertThat(growth.grows()).isFalse();
        write(segments(3, 3));
        assertThat(growth.grows()).isFalse();
        assertThat(length().seconds()).isEqualTo(188416 / 48_000.0);
    }

    private Growth.Length length() {
        return Objects.requireNonNull(growth.length());
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    /** As ffmpeg has it on its way, with so many segments of the picture and of the sound. */
    private String segments(int pictures, int sounds) {
        int sound = whole.indexOf("contentType=\"audio\"");
        String[] heard = {"<S t=\"0\" d=\"188416\" />", "<S d=\"192512\" />", "<S d=\"51072\" />"};
        return whole.substring(0, sound)
                        .replaceAll(
                                "(?s)<SegmentTimeline>.*?</SegmentTimeline>",
                                "<SegmentTimeline><S t=\"0\" d=\"96096\" r=\"" + (Math.min(2, pictures) - 1) + "\" />"
                                        + (pictures > 2 ? "<S d=\"24024\" />" : "") + "</SegmentTimeline>")
                        .replace("type=\"static\"", "type=\"dynamic\"")
                        .replaceAll("(?:mediaPresentationDuration|maxSegmentDuration)=\"[^\"]*\"", "")
                + whole.substring(sound)
                        .replaceAll(
                                "(?s)<SegmentTimeline>.*?</SegmentTimeline>",
                                "<SegmentTimeline>"
                                        + String.join("", List.of(heard).subList(0, sounds)) + "</SegmentTimeline>");
    }

    private void write(String manifest) throws Exception {
        writeAtOnce(manifest);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    /** With a time of change of its own, however coarse those of this file system are. */
    private void writeAtOnce(String manifest) throws Exception {
        Files.writeString(encoding.file("first-master.mpd"), manifest);
        Files.setLastModifiedTime(encoding.file("first-master.mpd"), FileTime.fromMillis(1000L * ++written));
    }
}
