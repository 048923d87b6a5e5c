package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    private static final EncodingStyle STYLE = new EncodingStyle("veryfast", 23, 60, 2, 4, 128_000, 384_000);

    @ParameterizedTest(name = "average {0}, base {1}, interlaced {2}")
    @CsvSource({
        "25/1, 25/1, false, 25",
        "30000/1001, 30000/1001, false, 30000/1001",
        "24000/1001, 24000/1001, false, 24000/1001",
        "120/1, 120/1, false, 60",
        "2997/100, 90000/1, false, 30000/1001",
        "375/22, 30/1, false, 30",
        "5/1, 60/1, false, 60",
        "25/1, 50/1, true, 25",
        "25/1, 25/1, true, 25",
        "12/1, 12/1, false, 12",
        "1/5, 1/5, false, 1",
        "0/0, 0/0, false, 25",
        "0/0, 1000/1, false, 25",
        "17/1, 1000/1, false, 17",
    })
    void keepsAConstantRateThatFits(String average, String base, boolean interlaced, String rate) {
        Media media = Videos.media(Videos.withRates(Ratio.parse(average), Ratio.parse(base), interlaced), null);

        assertThat(plan(media, false).rate()).hasToString(rate);
    }

    @Test
    void takesThePosterFromTheBeginningButNotTheFirstFrame() {
        assertThat(plan(Videos.media(Videos.of(640, 360), null), true).posterSecond())
                .isEqualTo(3.0);
        assertThat(plan(lasting(7200.0), true).posterSecond()).isEqualTo(10.0);
        assertThat(plan(lasting(30.0), false).posterSecond()).isNull();
    }

    @Test
    void countsTheFramesThatThereWillBe() {
        assertThat(plan(Videos.media(Videos.of(640, 360), Videos.sound(0, 31)), false)
                        .frames())
                .isEqualTo(775);
    }

    @Test
    void letsTheLastPictureStandUntilTheSoundEnds() {
        VideoStream late = Videos.of(640, 360).timed(new Span(3, 8), 3, new Ratio(25, 1));

        assertThat(plan(Videos.media(late, Videos.sound(0, 10)), false).stillSeconds())
                .isEqualTo(2);
        assertThat(plan(Videos.media(late, Videos.sound(0, 8.03)), false).stillSeconds())
                .isZero();
        assertThat(plan(Videos.media(late, Videos.sound(0, 5)), false).stillSeconds())
                .isZero();
        assertThat(plan(Videos.media(late, null), false).stillSeconds()).isZero();
    }

    @Test
    void knowsHowMuchItCanComeToAtMost() {
        Duration longest = Duration.ofHours(12);
        long slack = 64L << 20;
        // 640 x 360 and 426 x 240: 800 and 400 kbit/s.
        assertThat(plan(lasting(30.0), false).mostBytes(longest, STYLE)).isEqualTo(slack + 2 * 120 * 1_328_000L / 8);
        assertThat(plan(lasting(40_000), false).mostBytes(longest, STYLE))
                .isEqualTo(slack + 2 * 43_201L * 1_328_000 / 8);
    }

    private static Media lasting(double seconds) {
        return Videos.media(Videos.of(640, 360).timed(new Span(0, seconds), 0, new Ratio(25, 1)), null);
    }

    private static Plan plan(Media media, boolean poster) {
        return Plan.of(media, LadderTest.LADDER, 60, poster);
    }
}
