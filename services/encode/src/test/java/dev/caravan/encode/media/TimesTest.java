package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimesTest {

    @Test
    void readsWhatIsShownInTheOrderOfTime() {
        Times times = times(
                "#software: Lavf62",
                "#tb 0: 1/1000",
                "0, -40, 80, 40, 900, 0x1, F=0x5",
                "0, 0, 120, 40, 100, 0x2, F=0x0, S=1, 1",
                "0, 40, 40, 40, 100, 0x3, F=0x0",
                "0, 160, NOPTS, 40, 100, 0x4",
                "0, 200, -9223372036854775808, 40, 0, 0x5");

        assertThat(times.count()).isEqualTo(3);
        assertThat(times.packets()).isEqualTo(5);
        assertThat(times.start(0)).isEqualTo(0.04);
        assertThat(times.span()).isEqualTo(new Span(0.04, 0.2));
    }

    @Test
    void endsWithWhatTheLastOneTakesOrElseWithAUsualStep() {
        assertThat(times("#tb 0: 1/1", "0, 0, 0, 7, 1, 0x1").span().end()).isEqualTo(7);
        assertThat(times("#tb 0: 1/1", "0, 0, 0, 0, 1, 0x1", "0, 2, 2, 0, 1, 0x1")
                        .span()
                        .end())
                .isEqualTo(4);
    }

    @Test
    void doesNotBelieveThatTheLastOneStandsForAges() {
        String tick = "#tb 0: 1/1";

        assertThat(times(tick, "0, 0, 0, 2, 1, 0x1", "0, 2, 2, 60, 1, 0x1")
                        .span()
                        .end())
                .isEqualTo(62);
        assertThat(times(tick, "0, 0, 0, 2, 1, 0x1", "0, 2, 2, 61, 1, 0x1")
                        .span()
                        .end())
                .isEqualTo(4);
        assertThat(times(tick, "0, 0, 0, 99, 1, 0x1", "0, 99, 99, 99, 1, 0x1")
                        .span()
                        .end())
                .isEqualTo(198);
        assertThat(times(tick, "0, 0, 0, 99, 1, 0x1").span().end()).isEqualTo(99);
    }

    @Test
    void knowsTheFirstThatNeedsNoOther() {
        assertThat(times("#tb 0: 1/1", "0, 3, 3, 1, 1, 0x1, F=0x0", "0, 4, 4, 1, 1, 0x1", "0, 5, 5, 1, 1, 0x1")
                        .firstOwn())
                .isEqualTo(4);
        assertThat(times("#tb 0: 1/1", "0, 3, 3, 1, 1, 0x1, F=0x0").firstOwn()).isEqualTo(3);
    }

    @Test
    void hasHolesWhereThereIsNoneForMuchLongerThanUsual() {
        Times steady = new Times();
        Times slides = new Times();
        steady.accept("#tb 0: 1/1000");
        slides.accept("#tb 0: 1/1000");
        for (int n = 0; n < 100; n++) {
            steady.accept(line(n < 50 ? n * 40 : n * 40 + 2000));
            slides.accept(line(n * 5000));
        }

        assertThat(steady.holes()).containsExactly(new Span(2, 4));
        assertThat(slides.holes()).isEmpty();
    }

    @Test
    void takesADeclaredAverageThatNoGapSpoils() {
        Times steady = new Times();
        Times odd = new Times();
        steady.accept("#tb 0: 1/1000");
        odd.accept("#tb 0: 1/1000");
        for (int n = 0; n < 200; n++) {
            steady.accept(line(n < 100 ? n * 40 : n * 40 + 45));
            odd.accept(line(n * 70));
        }

        assertThat(steady.rate(null, new Ratio(24855, 1000))).hasToString("25");
        assertThat(odd.rate(null, new Ratio(100, 7))).hasToString("100/7");
    }

    @Test
    void findsTheRateThatKeepsMostOfThem() {
        Times steady = new Times();
        Times webcam = new Times();
        Times unsteady = new Times();
        for (Times times : new Times[] {steady, webcam, unsteady}) {
            times.accept("#tb 0: 1/1000");
        }
        for (int n = 0; n < 200; n++) {
            steady.accept(line(Math.round(n * 1001 / 30.0)));
            webcam.accept(line(n * 40 + n % 2));
            unsteady.accept(line(n < 60 ? n * 33 : 60 * 33 + (n - 60) * 100));
        }

        assertThat(steady.rate(new Ratio(30000, 1001), null)).hasToString("30000/1001");
        assertThat(steady.rate(new Ratio(1000, 1), new Ratio(15, 1))).hasToString("30000/1001");
        assertThat(webcam.rate(null, null)).hasToString("25");
        assertThat(unsteady.rate(null, null)).isNotNull().satisfies(rate -> assertThat(rate.value())
                .isCloseTo(30, within(0.5)));
        assertThat(new Times().rate(null, null)).isNull();
    }

    @Test
    void refusesWhatIsNoList() {
        assertThatThrownBy(() -> times("0, a, b, c, d")).hasMessageContaining("No line of a list");
    }

    private static String line(long at) {
        return "0, %d, %d, 1, 100, 0x0".formatted(at, at);
    }

    private static Times times(String... lines) {
        Times times = new Times();
        for (String line : lines) {
            times.accept(line);
        }
        return times;
    }
}
