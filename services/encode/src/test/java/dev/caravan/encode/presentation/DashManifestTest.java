package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Rendition;
import dev.caravan.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashManifestTest {

    private static final String MANIFEST = """
            <?xml version="1.0" encoding="utf-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="PT1M30.0S" maxSegmentDuration="PT4.0S">
            <ProgramInformation><Title>&lt;R&amp;D&gt;</Title></ProgramInformation><Period duration="PT1M30.0S">
              <AdaptationSet contentType="video">
                <Representation id="0" mimeType="video/mp4" codecs="avc1.64001e" bandwidth="1400000" width="854" height="480">
                  <SegmentTemplate timescale="1000" initialization="init-$RepresentationID$.mp4"
                    media="segment-$RepresentationID$-$Number%05d$.m4s" startNumber="1"><SegmentTimeline>
                    <S t="0" d="4004" r="21"/><S d="1956"/></SegmentTimeline></SegmentTemplate></Representation>
                <Representation id="1" mimeType="video/mp4" codecs="avc1.640015" bandwidth="400000" width="426" height="240">
                  <SegmentTemplate timescale="1000" initialization="i$RepresentationID$" media="m$Number$" startNumber="7">
                    <SegmentTimeline><S t="0" d="90044"/></SegmentTimeline></SegmentTemplate></Representation>
              </AdaptationSet>
              <AdaptationSet contentType="audio">
                <Representation id="2" mimeType="audio/mp4" codecs="mp4a.40.2" bandwidth="128000">
                  <SegmentTemplate timescale="48000" initialization="i2" media="m2" startNumber="1"><SegmentTimeline>
                  </SegmentTimeline></SegmentTemplate></Representation>
              </AdaptationSet></Period></MPD>
            """;

    @TempDir
    private Path folder;

    @Test
    void readsTracksAndTheirSegments() throws Exception {
        Presentation presentation = DashManifest.read(manifest(MANIFEST)).presentation();

        assertThat(presentation.seconds()).isEqualTo(90);
        assertThat(presentation.longestSegment()).isEqualTo(4);
        assertThat(presentation.end()).isEqualTo(90.044);
        Track first = presentation.tracks().get(0);
        assertThat(first.init()).isEqualTo("init-0.mp4");
        assertThat(first.segments()).hasSize(23);
        assertThat(first.first()).isEqualTo(new Segment("segment-0-00001.m4s", 0, 4004));
        assertThat(first.last()).isEqualTo(new Segment("segment-0-00023.m4s", 88088, 1956));
        assertThat(presentation.tracks().get(1).first().file()).isEqualTo("m7");
        assertThat(presentation.tracks().get(2).segments()).isEmpty();
    }

    @Test
    void tellsTheLengthOfTheLongestTrackAndTheRenditions() throws Exception {
        assertThat(DashManifest.read(manifest(MANIFEST)).presentation().encoded())
                .isEqualTo(new EncodedVideo(
                        90.044,
                        0,
                        List.of(
                                new Rendition(854, 480, 1_528_000, "avc1.64001e,mp4a.40.2"),
                                new Rendition(426, 240, 528_000, "avc1.640015,mp4a.40.2")),
                        List.of(),
                        List.of()));
    }

    @Test
    void statesLengthsThatAreNeverBelowWhatTheyAre() throws Exception {
        DashManifest manifest = DashManifest.read(manifest(MANIFEST));

        manifest.setLengths(90.0440001, 4.004);
        manifest.write();

        assertThat(Files.readString(folder.resolve("master.mpd")))
                .contains("mediaPresentationDuration=\"PT1M30.044001S\"", "maxSegmentDuration=\"PT4.004S\"")
                .contains("<Period duration=\"PT1M30.044001S\">", "<Title>&lt;R&amp;D&gt;</Title>");
        assertThat(DashManifest.read(folder.resolve("master.mpd"))
                        .presentation()
                        .tracks())
                .isEqualTo(DashManifest.read(manifest(MANIFEST)).presentation().tracks());
    }

    @Test
    void leavesATrackOutWithItsSet() throws Exception {
        DashManifest manifest = DashManifest.read(manifest(MANIFEST));

        manifest.remove(manifest.presentation().tracks().get(2));
        manifest.remove(manifest.presentation().tracks().get(1));
        manifest.write();

        assertThat(Files.readString(folder.resolve("master.mpd")))
                .contains("contentType=\"video\"", "id=\"0\"")
                .doesNotContain("contentType=\"audio\"", "id=\"1\"", "id=\"2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<MPD/>",
                "no xml",
                "",
                "<MPD mediaPresentationDuration='PT1S' maxSegmentDuration='soon'/>",
                "<!DOCTYPE MPD [<!ENTITY a 'b'>]><MPD mediaPresentationDuration='PT1S' maxSegmentDuration='PT1S'/>",
                "<MPD mediaPresentationDuration='PT1S' maxSegmentDuration='PT1S'><Representation/></MPD>"
            })
    void refusesWhatIsNoManifest(String text) throws Exception {
        Path file = manifest(text);

        assertThatThrownBy(() -> DashManifest.read(file).presentation())
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.reason()).isEqualTo("UNPLAYABLE"));
    }

    @Test
    void readsNoEntity() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        Path hostile = manifest("<!DOCTYPE MPD [<!ENTITY e SYSTEM \"file://" + secret
                + "\">]><MPD mediaPresentationDuration=\"&e;\"><Period>&e;</Period></MPD>");

        assertThatThrownBy(() -> DashManifest.read(hostile))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining("the secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"timescale='0'", "d='x'", "r='-1'", "r='2000000000'", "startNumber=''"})
    void refusesATimelineThatNoPlayerCanFollow(String part) throws Exception {
        String name = part.substring(0, part.indexOf('='));
        Path file = manifest(MANIFEST.replaceFirst(" " + name + "=\"[^\"]*\"", " " + part));

        assertThatThrownBy(() -> DashManifest.read(file).presentation()).isInstanceOf(Fault.class);
    }

    private Path manifest(String text) throws IOException {
        return Files.writeString(folder.resolve("master.mpd"), text.strip());
    }
}
