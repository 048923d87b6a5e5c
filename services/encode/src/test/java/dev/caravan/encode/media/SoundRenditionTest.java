package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.encode.media.AudioStream.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundRenditionTest {

    private static final Path JOB = Path.of("/work");
    private static final EncodingStyle STYLE = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000, 384_000);
    private static final Limits LIMITS = new Limits(1000, Duration.ofHours(1), 1_000_000, 0.5, 0.5);

    @Test
    void isNamedByItsTitleElseByItsLanguageElseByItsNumber() {
        assertThat(labels(
                        new Said("de", "", false),
                        new Said("en", "Director's comment", false),
                        new Said("", "", false),
                        new Said("fr", "", true),
                        new Said("xyz", "", false)))
                .containsExactly(
                        "Deutsch", "Director's comment", "Sound 3", "Fran\u00e7ais (audio description)", "Xyz");
    }

    @Test
    void hasANameOfItsOwnWithoutWhatManifestsCannotSay() {
        assertThat(labels(
                        new Said("en", "A \"B\"\nC", false),
                        new Said("en", "English", false),
                        new Said("en", "", false),
                        new Said("en", "\n", false)))
                .containsExactly("A 'B' C", "English", "English 2", "English 3");
    }

    /** A title is the uploader's, and a manifest that cannot be read is no video's. */
    @Test
    void hasANameThatEveryManifestCanSay() {
        String dolphin = new String(Character.toChars(0x1f42c));
        assertThat(labels(
                        new Said("", "a\ud83db\uffffc\u0085d\u202ee", false),
                        new Said("de", "\u200b\ufeff\u0000", false),
                        new Said("", dolphin.repeat(150), false)))
                .containsExactly("a b c d e", "Deutsch", dolphin.repeat(100));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "5, false", "6, true", "8, true", "10, false", "24, false"})
    void isIn51BesideStereoOf51To71(int channels, boolean surround) {
        List<SoundRendition> renditions = SoundRendition.of(media(List.of(sound(1, channels, Said.NOTHING))));

        assertThat(renditions).extracting(SoundRendition::channels).isEqualTo(surround ? List.of(2, 6) : List.of(2));
        assertThat(SoundRendition.of(
                        media(List.of(sound(1, channels, Said.NOTHING).stereo()))))
                .hasSize(1);
    }

    @Test
    void isEncodedOnceInStereoAndOnceIn51() {
        Media media = media(List.of(
                sound(1, 2, new Said("de", "", false)).at(new Span(0, 20)),
                sound(3, 6, Said.NOTHING).at(new Span(1, 40))));
        List<String> command = EncodeCommand.of(
                "ffmpeg",
                Input.of(JOB.resolve("source"), JOB),
                JOB,
                Plan.of(media, LadderTest.LADDER, 60, false).groups(0).get(0),
                STYLE,
                LIMITS);

        assertThat(command)
                .contains("/work/sound.nut", "/work/sound-3.nut", "/work/surround-3.nut")
                .contains(
                        "[1:0]aresample=48000:async=1:first_pts=0,apad=whole_dur=30.000,aformat=channel_layouts=stereo[a]",
                        "[2:0]aresample=48000:async=1:first_pts=0,atrim=end=30.000,aformat=channel_layouts=stereo[a1]",
                        "[3:0]aresample=48000:async=1:first_pts=0,atrim=end=30.000,aformat=channel_layouts=5.1[a2]")
                .containsSequence("-map", "[a]", "-map", "[a1]", "-map", "[a2]")
                .containsSequence("-b:a", "128000", "-b:a:2", "384000")
                .containsSequence("-adaptation_sets", "id=0,streams=v id=1,streams=2 id=2,streams=3 id=3,streams=4")
                .containsSequence("-map", "0:3", "-c", "copy", "-f", "null", "-");
    }

    private static List<String> labels(Said... says) {
        List<AudioStream> sounds = IntStream.range(0, says.length)
                .mapToObj(i -> sound(1 + i, 2, says[i]))
                .toList();
        return SoundRendition.of(media(sounds)).stream()
                .map(SoundRendition::label)
                .toList();
    }

    private static AudioStream sound(int index, int channels, Said says) {
        return new AudioStream(index, channels, true, false, says, new Span(0, 30));
    }

    private static Media media(List<AudioStream> sounds) {
        return new Media(
                0,
                Videos.of(640, 360),
                false,
                sounds.get(0),
                sounds.subList(1, sounds.size()),
                Losses.NONE,
                Gaps.NONE,
                List.of());
    }
}
