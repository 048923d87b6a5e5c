package dev.caravan.videocatalog.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HlsPlaylistTest {

    private static final String QUERY = "Policy=p_-~&Signature=s&Key-Pair-Id=k";

    @Test
    void namesCaptionsInThePlaylistOfVariants() {
        List<ShownCaptions> captions = List.of(
                new ShownCaptions("en", "The \"best\"", true), new ShownCaptions("pt-BR", "Portugu\u00eas", false));
        String master = Fixtures.text("master.m3u8");

        String named = HlsPlaylist.withCaptions(master, captions);

        assertThat(named.lines())
                .containsSubsequence(
                        "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"The 'best'\",LANGUAGE=\"en\",DEFAULT=YES,"
                                + "AUTOSELECT=YES,URI=\"captions-en.m3u8\"",
                        "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"captions\",NAME=\"Portugu\u00eas\",LANGUAGE=\"pt-BR\",DEFAULT=NO,"
                                + "AUTOSELECT=YES,URI=\"captions-pt-BR.m3u8\"",
                        "#EXT-X-STREAM-INF:BANDWIDTH=932521,RESOLUTION=640x360,CODECS=\"avc1.64001e,mp4a.40.2\","
                                + "AUDIO=\"group_A1\",SUBTITLES=\"captions\"",
                        "media_0.m3u8");
        assertThat(named.lines().filter(line -> !line.contains("SUBTITLES")))
                .containsExactlyElementsOf(master.lines()
                        .filter(line -> !line.startsWith("#EXT-X-STREAM-INF"))
                        .toList());
        assertThat(HlsPlaylist.sign(named, "q=1")).contains("URI=\"captions-en.m3u8?q=1\"");
        assertThat(HlsPlaylist.withCaptions(Fixtures.text("media_0.m3u8"), captions))
                .isEqualTo(Fixtures.text("media_0.m3u8"));
        assertThat(HlsPlaylist.withCaptions(master, List.of())).isEqualTo(master);
    }

    @Test
    void hasTheTextOfCaptionsAsItsOnlySegment() {
        assertThat(HlsPlaylist.ofCaptions("captions-en.vtt", 4040).lines())
                .startsWith("#EXTM3U")
                .containsSubsequence("#EXT-X-TARGETDURATION:5", "#EXTINF:4.040,", "captions-en.vtt", "#EXT-X-ENDLIST");
    }

    @Test
    void signsTheVariantsAndTheSoundOfAMasterPlaylist() {
        String signed = HlsPlaylist.sign(Fixtures.text("master.m3u8"), QUERY);

        assertThat(signed.lines())
                .contains(
                        "#EXTM3U",
                        "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"group_A1\",NAME=\"audio_2\",DEFAULT=YES,CHANNELS=\"1\","
                                + "URI=\"media_2.m3u8?" + QUERY + "\"",
                        "media_0.m3u8?" + QUERY,
                        "media_1.m3u8?" + QUERY);
        assertThat(signed.replace("?" + QUERY, "")).isEqualTo(Fixtures.text("master.m3u8"));
    }

    @Test
    void signsTheSegmentsOfAMediaPlaylist() {
        String signed = HlsPlaylist.sign(Fixtures.text("media_0.m3u8"), QUERY);

        assertThat(signed.lines())
                .contains(
                        "#EXT-X-MAP:URI=\"init-0.mp4?" + QUERY + "\"",
                        "#EXTINF:4.000000,",
                        "segment-0-00001.m4s?" + QUERY,
                        "segment-0-00003.m4s?" + QUERY,
                        "#EXT-X-ENDLIST");
        assertThat(signed.replace("?" + QUERY, "")).isEqualTo(Fixtures.text("media_0.m3u8"));
    }

    @Test
    void keepsLineEndsAndSpaces() {
        assertThat(HlsPlaylist.sign("#EXTM3U\r\n\r\n a.m4s \r\nb.m4s", "q"))
                .isEqualTo("#EXTM3U\r\n\r\n a.m4s?q \r\nb.m4s?q");
    }

    @Test
    void takesNoOtherAttributeForTheUrl() {
        String tag = "#EXT-X-SESSION-DATA:DATA-ID=\"x\",MYURI=\"a\",URI=\"b\"\n#EXTINF:4,URI=\"c\"\n# URI=\"d\"\n";

        assertThat(HlsPlaylist.sign(tag, "q"))
                .isEqualTo(
                        "#EXT-X-SESSION-DATA:DATA-ID=\"x\",MYURI=\"a\",URI=\"b?q\"\n#EXTINF:4,URI=\"c\"\n# URI=\"d\"\n");
        assertThat(HlsPlaylist.sign("#EXT-X-MAP:URI=\"a", "q")).isEqualTo("#EXT-X-MAP:URI=\"a");
        assertThat(HlsPlaylist.sign("#EXT-X-KEY:METHOD=NONE", "q")).isEqualTo("#EXT-X-KEY:METHOD=NONE");
    }

    @Test
    void signsNoForeignServer() {
        String playlist = "#EXT-X-MAP:URI=\"https://example.com/init.mp4\"\nhttps://example.com/a.m4s\n";

        assertThat(HlsPlaylist.sign(playlist, QUERY)).isEqualTo(playlist);
    }

    @Test
    void signsADayOfSegments() {
        String playlist = IntStream.range(0, 21_600)
                .mapToObj(segment -> "#EXTINF:4.0,\nsegment-0-%05d.m4s".formatted(segment))
                .collect(Collectors.joining("\n"));

        assertThat(HlsPlaylist.sign(playlist, QUERY).lines().filter(line -> line.endsWith(".m4s?" + QUERY)))
                .hasSize(21_600);
    }
}
