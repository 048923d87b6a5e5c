package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Rendition;
import dev.caravan.kernel.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {

    @TempDir
    private Path folder;

    private Encoding encoding;

    @BeforeEach
    void encode() throws Exception {
        encoding = Encoding.in(Files.createDirectory(folder.resolve("encoded")));
    }

    @Test
    void statesTheExactLength() throws Exception {
        assertThat(encoding.text("master.mpd")).contains("mediaPresentationDuration=\"PT9.0S\"");

        EncodedVideo encoded = encoding.corrected();

        assertThat(encoded.seconds()).isEqualTo(9.009);
        assertThat(encoded.warnings()).isEmpty();
        assertThat(encoding.text("master.mpd"))
                .contains("mediaPresentationDuration=\"PT9.009S\"", "maxSegmentDuration=\"PT4.010667S\"");
    }

    @Test
    void changesNothingTheSecondTime() throws Exception {
        EncodedVideo first = encoding.corrected();
        String manifest = encoding.text("master.mpd");

        assertThat(encoding.corrected()).isEqualTo(first);
        assertThat(encoding.text("master.mpd")).isEqualTo(manifest);
    }

    @Test
    void leavesASoundOutThatTurnedOutEmpty() throws Exception {
        emptySound();

        EncodedVideo encoded = encoding.corrected();

        assertThat(encoded.warnings()).containsExactly("The sound track is empty and was left out.");
        assertThat(encoded.renditions())
                .containsExactly(
                        new Rendition(64, 48, 200_000, "avc1.64000a"), new Rendition(32, 24, 100_000, "avc1.64000a"));
        assertThat(encoding.text("master.mpd")).doesNotContain("audio", "mp4a");
        assertThat(encoding.text("master.m3u8"))
                .contains("#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=64x48,CODECS=\"avc1.64000a\"\nmedia_0.m3u8")
                .doesNotContain("AUDIO", "mp4a", "media_2");
        assertThat(encoding.file("init-2.mp4")).doesNotExist();
        assertThat(encoding.verify(encoded).tracks()).hasSize(2);
    }

    @Test
    void touchesNoFileOutsideTheFolder() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.mp4"), "");
        emptySound();
        encoding.edit(
                "master.mpd",
                text -> text.substring(0, text.indexOf("contentType=\"audio\""))
                        + text.substring(text.indexOf("contentType=\"audio\""))
                                .replace("init-$RepresentationID$.mp4", "../outside.mp4"));

        assertThatThrownBy(() -> encoding.corrected()).isInstanceOf(Fault.class);
        assertThat(outside).exists();
    }

    @Test
    void takesWhatWasMadeFirstIntoTheRest() throws Exception {
        EncodedVideo atOnce = encoding.corrected();
        Encoding inTwo = Encoding.in(Files.createDirectory(folder.resolve("in-two")));
        inTwo.split();

        assertThat(inTwo.corrected()).isEqualTo(atOnce);

        assertThat(inTwo.verify(atOnce).tracks())
                .extracting(Track::id, Track::init)
                .containsExactly(
                        tuple("0", "init-0.mp4"),
                        tuple("first-0", "init-first-0.mp4"),
                        tuple("first-1", "init-first-1.mp4"));
        assertThat(inTwo.text("master.m3u8"))
                .contains("RESOLUTION=64x48", "RESOLUTION=32x24", "media_0.m3u8", "media_first-0.m3u8");
        assertThat(inTwo.file("first-master.mpd")).doesNotExist();
    }

    /** As ffmpeg leaves a track that no packet came for. */
    private void emptySound() throws Exception {
        encoding.edit("master.mpd", text -> {
            int sound = text.indexOf("contentType=\"audio\"");
            return text.substring(0, sound) + text.substring(sound).replaceAll("<S [^>]*/>", "");
        });
        for (int i = 1; i <= 3; i++) {
            encoding.delete("segment-2-0000" + i + ".m4s");
        }
        Files.write(encoding.file("init-2.mp4"), new byte[0]);
    }
}
