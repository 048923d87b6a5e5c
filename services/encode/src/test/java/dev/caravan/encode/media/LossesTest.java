package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final Limits LIMITS = new Limits(1, Duration.ofHours(1), 1, 0.5, 0.25);

    @Test
    void findsWhatIsThereAndWasNotDecoded() {
        Times there = times(n -> true);

        assertThat(Losses.between(there, times(n -> true))).isEmpty();
        assertThat(seconds(there, times(n -> n < 50 || n >= 60))).isEqualTo("2.00-2.40");
        assertThat(seconds(there, times(n -> n >= 20))).isEqualTo("0.00-0.80");
        assertThat(seconds(there, times(n -> n < 80))).isEqualTo("3.20-4.00");
        assertThat(seconds(there, times(n -> false))).isEqualTo("0.00-4.00");
        assertThat(seconds(there, times(n -> n < 30 || n >= 40 && n < 44 || n >= 50)))
                .as("losses close together are one")
                .isEqualTo("1.20-2.00");
    }

    @Test
    void takesATimeWithoutPacketsForNoLoss() {
        Times there = times(n -> n < 30 || n >= 60);

        assertThat(Losses.between(there, there)).isEmpty();
        assertThat(Losses.between(times(n -> true), times(n -> n % 3 != 1)))
                .as("single frames that only others are made of")
                .isEmpty();
    }

    @Test
    void saysWhatWasLost() {
        Losses losses = new Losses(
                List.of(new Span(12.1, 12.5), new Span(20, 20.05), new Span(3725, 3728)),
                List.of(new Span(61, 61.3)),
                List.of(new Span(90, 92)),
                2.44,
                7,
                false,
                2);

        assertThat(losses.warnings())
                .containsExactly(
                        "0.4 s at 00:12 could not be read.",
                        "3.0 s at 1:02:05 could not be read.",
                        "7 pictures could be read only in part.",
                        "0.3 s of the sound at 01:01 could not be read.",
                        "2.0 s at 01:30 are missing from the file.",
                        "2 parts of the file could not be read.",
                        "2.4 s at the end are missing: the file was cut off.");
        assertThat(new Losses(List.of(), List.of(), List.of(), 0, 0, true, 0).warnings())
                .containsExactly("The sound could not be read.");
        assertThat(Losses.NONE.warnings()).isEmpty();
    }

    @Test
    void saysOnlyTheFirstOfMany() {
        List<Span> many = java.util.stream.IntStream.range(0, 12)
                .mapToObj(n -> new Span(10 * n, 10 * n + 1))
                .toList();

        assertThat(new Losses(many, List.of(), List.of(), 0, 0, false, 0).warnings())
                .hasSize(6)
                .endsWith("7.0 s at 7 other places could not be read.");
    }

    @Test
    void refusesWhatIsWorthNothing() {
        List<Span> twoSeconds = List.of(new Span(0, 2));

        assertThatCode(() -> new Losses(twoSeconds, List.of(), List.of(), 0, 0, false, 0).check(4, LIMITS))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Losses(twoSeconds, List.of(), List.of(), 0, 0, false, 0).check(3, LIMITS))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> new Losses(List.of(), twoSeconds, List.of(), 0, 0, false, 0).check(4, LIMITS))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> new Losses(List.of(), List.of(), List.of(), 6, 0, false, 0).check(4, LIMITS))
                .hasMessageContaining("cut off");
    }

    private static String seconds(Times there, Times decoded) {
        List<Span> lost = Losses.between(there, decoded);
        return lost.stream()
                .map(span -> "%.2f-%.2f".formatted(span.start(), span.end()))
                .collect(java.util.stream.Collectors.joining(" "));
    }

    /** Of a hundred, 25 a second. */
    private static Times times(IntPredicate is) {
        Times times = new Times();
        times.accept("#tb 0: 1/25");
        for (int n = 0; n < 100; n++) {
            if (is.test(n)) {
                times.accept("0, %d, %d, 1, 100, 0x0".formatted(n, n));
            }
        }
        return times;
    }
}
