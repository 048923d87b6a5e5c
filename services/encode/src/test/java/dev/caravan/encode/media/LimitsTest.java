package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private final Limits limits = new Limits(3L << 30, Duration.ofMinutes(90), 4096 * 2304, 0.5, 0.5);

    @Test
    void acceptsWhatIsAtTheLimit() {
        assertThatCode(() -> limits.checkSize(3L << 30)).doesNotThrowAnyException();
        assertThatCode(() -> limits.checkDuration(5400)).doesNotThrowAnyException();
        assertThatCode(() -> limits.check(Videos.media(Videos.of(4096, 2304), null)))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThatThrownBy(() -> limits.checkSize(0)).hasMessage("The file is empty.");
        assertThatThrownBy(() -> limits.checkSize((3L << 30) + (1L << 29)))
                .hasMessage("The file has 3.5 GiB; 3 GiB are allowed.");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> limits.checkDuration(5401.2))
                .hasMessage("The video takes 1:30:01; 1:30:00 are allowed.");
    }

    @Test
    void refusesWhatIsTooLargeAlsoWhenOnlyItsPixelsAreWide() {
        assertThatThrownBy(() -> limits.check(Videos.media(Videos.of(20_000, 20_000), null)))
                .hasMessage("The picture of 20000x20000 pixels is larger than allowed.");
        assertThatThrownBy(
                        () -> limits.check(Videos.media(Videos.of(1000, 1000, new Ratio(2_000_000_000, 1), 0), null)))
                .hasMessageContaining("1000x1000");
    }

    @Test
    void refusesAPictureThatStandsForAges() {
        VideoStream still = Videos.of(640, 360).timed(new Span(0, 0.1), 0, new Ratio(10_240, 2_147_483_647));

        assertThatThrownBy(() -> limits.check(Videos.media(still, null))).hasMessageContaining("58:15:15");
    }

    @Test
    void refusesAPictureThatIsNone() {
        assertThatThrownBy(() -> limits.check(Videos.media(Videos.of(1, 100), null)))
                .hasMessageContaining("neither a moving picture");
    }
}
