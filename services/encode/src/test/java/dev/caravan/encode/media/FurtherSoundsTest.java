package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.encode.media.AudioStream.Said;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FurtherSoundsTest {

    private static final Limits LIMITS = new Limits(1000, Duration.ofHours(1), 1_000_000, 0.5, 0.5);
    private static final AudioStream GERMAN =
            new AudioStream(2, 2, true, false, new Said("de", "", false), new Span(0, 0));

    @Test
    void areHeardInTheTimeOfTheVideo() {
        FurtherSounds further = FurtherSounds.NONE.and(GERMAN, every(10, 20), every(10, 20), LIMITS);

        assertThat(further.within(9, 8)).containsExactly(GERMAN.at(new Span(1, 11)));
        assertThat(further.sentences(9, 8)).isEmpty();
    }

    @Test
    void areLeftOutWhereTheyAreNotHeardWhileTheVideoLasts() {
        FurtherSounds further = FurtherSounds.NONE.and(GERMAN, every(10, 20), every(10, 20), LIMITS);

        assertThat(further.within(2, 8)).isEmpty();
        assertThat(further.within(20, 8)).isEmpty();
        assertThat(further.sentences(2, 8))
                .containsExactly("The sound track \"Deutsch\" is not heard while the video lasts.");
    }

    @Test
    void sayWhatOfThemIsLost() {
        Times decoded = times(IntStream.range(0, 40).filter(at -> at < 16 || at >= 20));
        FurtherSounds further = FurtherSounds.NONE.and(GERMAN, every(0, 10), decoded, LIMITS);

        assertThat(further.sentences(0, 10))
                .containsExactly("1.0 s of the sound track \"Deutsch\" at 00:04 could not be read.");
    }

    @Test
    void areLeftOutWhenNothingOrTooLittleCameOfThem() {
        for (Times decoded : List.of(new Times(), times(IntStream.range(0, 10)))) {
            FurtherSounds further = FurtherSounds.NONE.and(GERMAN, every(0, 10), decoded, LIMITS);

            assertThat(further.within(0, 10)).isEmpty();
            assertThat(further.sentences(0, 10)).containsExactly("The sound track \"Deutsch\" could not be read.");
        }
    }

    @Test
    void areNotMissedWhereTheFileHasNothingOfThem() {
        assertThat(FurtherSounds.NONE.and(GERMAN, new Times(), new Times(), LIMITS))
                .isEqualTo(FurtherSounds.NONE);
    }

    @Test
    void areReadFewerAtATimeWhenTheyCannotBeRead() {
        List<AudioStream> sounds = IntStream.range(0, 10)
                .mapToObj(i -> new AudioStream(i, 2, true, false, Said.NOTHING, new Span(0, 0)))
                .toList();
        Samples samples = new Samples();
        samples.accept("stream_index=0");
        samples.accept("stream_index=3");
        Contents shown = new Contents("matroska", List.of(Videos.of(64, 48)), sounds, null, Map.of());
        Contents heard = new Contents("matroska", List.of(), sounds, null, Map.of());

        assertThat(shown.readings(samples))
                .containsExactly(
                        sounds.subList(0, 8), List.of(sounds.get(0), sounds.get(3)), sounds.subList(0, 1), List.of());
        assertThat(heard.readings(samples)).hasSize(3).doesNotContain(List.of());
        assertThat(shown.withOneSound().readings(samples)).containsExactly(sounds.subList(0, 1), List.of());
        assertThat(FurtherSounds.NONE.withoutMoreThan(8, 10).left())
                .containsExactly("2 more sound tracks were left out: a video has at most 8.");
    }

    /** Four a second. */
    private static Times every(int from, int to) {
        return times(IntStream.range(4 * from, 4 * to));
    }

    private static Times times(IntStream quarters) {
        Times times = new Times();
        times.accept("#tb 0: 1/4");
        quarters.forEach(at -> times.accept("0, %d, %d, 1, 100, 0x0".formatted(at, at)));
        return times;
    }
}
