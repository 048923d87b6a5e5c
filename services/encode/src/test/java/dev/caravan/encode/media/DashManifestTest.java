package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashManifestTest {

    @TempDir
    private Path folder;

    @Test
    void readsLengthAndRenditions() throws Exception {
        EncodedVideo video = DashManifest.read(manifest("""
                        <?xml version="1.0" encoding="utf-8"?>
                        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT1M30.04S"><Period>
                          <AdaptationSet contentType="video">
                            <Representation mimeType="video/mp4" codecs="avc1.64001e" bandwidth="1400000" width="854" height="480"/>
                            <Representation mimeType="video/mp4" codecs="avc1.640015" bandwidth="400000" width="426" height="240"/>
                          </AdaptationSet>
                          <AdaptationSet contentType="audio">
                            <Representation mimeType="audio/mp4" codecs="mp4a.40.2" bandwidth="128000"/>
                          </AdaptationSet></Period></MPD>
                        """));

        assertThat(video)
                .isEqualTo(new EncodedVideo(
                        90.04,
                        List.of(
                                new Rendition(854, 480, 1_528_000, "avc1.64001e,mp4a.40.2"),
                                new Rendition(426, 240, 528_000, "avc1.640015,mp4a.40.2")),
                        List.of()));
        assertThat(video.width()).isEqualTo(854);
        assertThat(video.height()).isEqualTo(480);
    }

    @Test
    void refusesWhatIsNoManifest() throws Exception {
        Path empty = manifest("<MPD/>");
        assertThatThrownBy(() -> DashManifest.read(empty)).isInstanceOf(IOException.class);
        Path garbage = manifest("no xml");
        assertThatThrownBy(() -> DashManifest.read(garbage)).isInstanceOf(IOException.class);
    }

    @Test
    void readsNoEntity() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        Path hostile = manifest("<!DOCTYPE MPD [<!ENTITY e SYSTEM \"file://" + secret
                + "\">]><MPD mediaPresentationDuration=\"&e;\"><Period>&e;</Period></MPD>");

        assertThatThrownBy(() -> DashManifest.read(hostile))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("DOCTYPE")
                .hasMessageNotContaining("the secret");
    }

    private Path manifest(String text) throws IOException {
        return Files.writeString(folder.resolve("master.mpd"), text.strip());
    }
}
