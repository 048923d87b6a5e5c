package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {

    private static final double EXACT = 1e-6;

    @Test
    void areWhereNoTrackHasAnything() {
        Times picture = at(0, 0.5, 1, 1.5, 4, 4.5, 5);
        Times sound = at(0, 0.5, 1, 1.5, 2, 3.5, 4);

        assertThat(Gaps.of(List.of(picture, sound)).spans()).containsExactly(new Span(2.5, 3.5));
        assertThat(Gaps.of(List.of(picture)).spans()).containsExactly(new Span(2, 4));
        assertThat(Gaps.of(List.of(picture, at(1.5, 2, 2.5, 3, 3.5))).isEmpty()).isTrue();
        assertThat(Gaps.of(List.of(new Times())).isEmpty()).isTrue();
    }

    @Test
    void closeAndOpenWhatIsBehindThem() {
        Gaps gaps = new Gaps(List.of(new Span(1, 2), new Span(5, 8)));

        assertThat(gaps.close(0.5)).isEqualTo(0.5);
        assertThat(gaps.close(3)).isEqualTo(2);
        assertThat(gaps.close(10)).isEqualTo(6);
        for (double time : new double[] {0.5, 2, 3, 8, 10}) {
            assertThat(gaps.open(gaps.close(time))).isCloseTo(time, within(EXACT));
        }
        assertThat(Gaps.NONE.close(7)).isEqualTo(7);
    }

    @Test
    void areNoPartOfTheTimesOfATrack() {
        Times closed = at(0, 1, 2, 7, 8).closing(new Gaps(List.of(new Span(3, 7))));

        assertThat(closed.count()).isEqualTo(5);
        assertThat(closed.span()).isEqualTo(new Span(0, 5));
        assertThat(closed.start(3)).isEqualTo(3);
    }

    @Test
    void areClosedByAFilter() {
        assertThat(new Gaps(List.of(new Span(1, 2.5), new Span(5, 8))).filter("setpts"))
                .isEqualTo("setpts=PTS-(clip(T-1.000000\\,0\\,1.500000)+clip(T-5.000000\\,0\\,3.000000))/TB,");
        assertThat(Gaps.NONE.filter("setpts")).isEmpty();
    }

    @Test
    void areOfJoinedStreamsWhenTheTimeOfATrackGoesBack() {
        Jumps none = new Jumps();
        Jumps back = new Jumps();
        for (Jumps jumps : new Jumps[] {none, back}) {
            List.of("0|1.400000", "1|1.300000", "0|N/A", "side data", "0|1.350000|", "1|9.5")
                    .forEach(jumps);
        }
        back.accept("1|9.3");

        assertThat(none.back()).isFalse();
        assertThat(back.back()).isTrue();
    }

    private static Times at(double... seconds) {
        Times times = new Times();
        times.accept("#tb 0: 1/2");
        for (double second : seconds) {
            long at = Math.round(2 * second);
            times.accept("0, %d, %d, 0, 100, 0x0".formatted(at, at));
        }
        return times;
    }
}
