package dev.caravan.encode.presentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.SoundRendition;
import dev.caravan.encode.media.Videos;
import dev.caravan.kernel.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundGroupsTest {

    private static final Plan PLAN = Videos.planWithTwoSounds(Encoding.SECONDS, Encoding.RUNGS, Encoding.RATE);

    private static final String NAME = "Fran\u00e7ais (audio description)";

    @TempDir
    private Path folder;

    private Encoding encoding;

    @BeforeEach
    void encode() throws Exception {
        encoding = Encoding.in(folder);
        encoding.addSound(3, 2);
        encoding.addSound(4, 6);
    }

    @Test
    void haveTheSameMembersAndEachSizeIsThereWithEach() throws Exception {
        EncodedVideo encoded = encoding.corrected(PLAN);

        assertThat(encoded.sounds()).isEqualTo(PLAN.sounds());
        assertThat(encoding.verify(encoded, PLAN).sounds())
                .extracting(Track::language, Track::channels)
                .containsExactly(tuple("", 2), tuple("fr", 2), tuple("fr", 6));
        assertThat(encoding.text("master.m3u8")).isEqualTo("""
                #EXTM3U
                #EXT-X-VERSION:7
                #EXT-X-INDEPENDENT-SEGMENTS
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="stereo",NAME="Sound 1",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="media_2.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="stereo",NAME="%1$s",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",\
                CHARACTERISTICS="public.accessibility.describes-video",URI="media_3.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="Sound 1",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="media_2.m3u8"
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="%1$s",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="6",\
                CHARACTERISTICS="public.accessibility.describes-video",URI="media_4.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=264000,RESOLUTION=64x48,CODECS="avc1.64000a,mp4a.40.2",AUDIO="stereo"
                media_0.m3u8
                #EXT-X-STREAM-INF:BANDWIDTH=164000,RESOLUTION=32x24,CODECS="avc1.64000a,mp4a.40.2",AUDIO="stereo"
                media_1.m3u8
                #EXT-X-STREAM-INF:BANDWIDTH=264000,RESOLUTION=64x48,CODECS="avc1.64000a,mp4a.40.2",AUDIO="surround"
                media_0.m3u8
                #EXT-X-STREAM-INF:BANDWIDTH=164000,RESOLUTION=32x24,CODECS="avc1.64000a,mp4a.40.2",AUDIO="surround"
                media_1.m3u8
                """.formatted(NAME));
    }

    @Test
    void doWithoutASoundThatTurnedOutEmptyAndTheNextIsPlayed() throws Exception {
        encoding.edit("master.mpd", text -> {
            int from = text.indexOf("<Representation id=\"2\"");
            int to = text.indexOf("</Representation>", from);
            return text.substring(0, from) + text.substring(from, to).replaceAll("<S [^>]*/>", "") + text.substring(to);
        });
        encoding.delete("init-2.mp4");
        for (int i = 1; i <= 3; i++) {
            encoding.delete("segment-2-0000" + i + ".m4s");
        }

        EncodedVideo encoded = encoding.corrected(PLAN);

        assertThat(encoded.warnings()).containsExactly("The sound track is empty and was left out.");
        assertThat(encoded.sounds()).extracting(SoundRendition::isDefault).containsExactly(true, true);
        assertThat(encoding.text("master.m3u8"))
                .contains("NAME=\"" + NAME + "\",LANGUAGE=\"fr\",DEFAULT=YES")
                .doesNotContain("media_2");
        assertThat(encoding.verify(encoded, PLAN).sounds()).hasSize(2);
    }

    @Test
    void areAsManyAsWerePlanned() throws Exception {
        encoding.addSound(5, 2);

        assertThatThrownBy(() -> encoding.corrected(PLAN)).hasMessageContaining("it has 4 sounds, and not 3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            LANGUAGE="fr"                          | LANGUAGE="de"                          | another one
            CHANNELS="6"                           | CHANNELS="2"                           | another one
            GROUP-ID="surround",NAME="Sound 1"     | GROUP-ID="surround",NAME="Sound 2"     | not alike
            DEFAULT=YES                            | DEFAULT=NO                             | not alike
            DEFAULT=NO                             | DEFAULT=YES                            | not alike
            AUDIO="surround"                       | AUDIO="stereo"                         | something else of 64x48
            URI="media_4.m3u8"                     | URI="media_3.m3u8"                     | another one
            URI="media_3.m3u8"                     | URI="media_0.m3u8"                     | another one
            """)
    void areCheckedAsAPlayerReadsThem(String found, String instead, String fault) throws Exception {
        EncodedVideo encoded = encoding.corrected(PLAN);
        encoding.edit("master.m3u8", text -> text.replace(found, instead));

        assertThatThrownBy(() -> encoding.verify(encoded, PLAN))
                .isInstanceOf(Fault.class)
                .hasMessageContaining(fault);
    }

    @Test
    void areCheckedAgainstWhatIsTold() throws Exception {
        EncodedVideo encoded = encoding.corrected(PLAN);
        EncodedVideo less = encoded.with(encoded.sounds().subList(0, 2), List.of());

        assertThatThrownBy(() -> encoding.verify(less, PLAN)).hasMessageContaining("other sounds");
        String manifest = encoding.text("master.mpd");
        encoding.edit("master.mpd", text -> text.replace("lang=\"fr\"", "lang=\"de\""));
        assertThatThrownBy(() -> encoding.verify(encoded, PLAN)).hasMessageContaining("other sounds");
        Files.writeString(encoding.file("master.mpd"), manifest);
        assertThat(encoding.verify(encoded, PLAN).tracks()).hasSize(5);
    }
}
