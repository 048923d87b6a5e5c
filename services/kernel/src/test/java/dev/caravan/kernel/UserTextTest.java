package dev.caravan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTextTest {

    @Test
    void composesWhatIsTakenApart() {
        assertThat(UserText.line("Gru\u0308\u00dfe")).isEqualTo("Gr\u00fc\u00dfe");
        assertThat(UserText.line("\u212bngstro\u0308m")).isEqualTo("\u00c5ngstr\u00f6m");
        assertThat(UserText.line("\u1112\u1161\u11ab\u1100\u1173\u11af")).isEqualTo("\ud55c\uae00");
    }

    @Test
    void leavesWhatIsComposedByteForByte() {
        for (String text : List.of(
                "\u00dcberg\u00e4nge \u2013 \u65e5\u672c\u8a9e \ud83c\udfac",
                " a  b ",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                "\u2764\ufe0f",
                "\ufb01lm \uff21 \u00bd")) {
            assertThat(UserText.line(text)).isEqualTo(text);
            assertThat(UserText.lines(text)).isEqualTo(text);
            assertThat(UserText.repaired(text)).isEqualTo(text);
        }
    }

    @Test
    void removesTheControlsOfDirection() {
        assertThat(UserText.line("cat\u202egpj.exe\u202c \u2066x\u2069 \u200ey\u200f \u061cz"))
                .isEqualTo("catgpj.exe x y z");
        assertThat(UserText.line("u\u202e\u0308")).isEqualTo("\u00fc");
    }

    @Test
    void endsLinesInOneWay() {
        assertThat(UserText.lines("a\r\nb\rc\nd\u2028e\u2029f\u0085g\u000bh\fi\n\n"))
                .isEqualTo("a\nb\nc\nd\ne\nf\ng\nh\ni\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t\r ",
                "\u00a0\u2007\u202f\u3000\u2003",
                "\u200b\u200c\u200d\u2060",
                "\ufeff",
                "\u00ad\u00ad",
                "\u115f\u1160\u3164\uffa0",
                "\u2800\u2800",
                "\u034f\u180e\u180b\u2065",
                "\ufe0f\udb40\udd00",
                "\udb40\udc41\udb40\udc7f",
                "\u202a\u202e\u2066\u200e\u061c",
                "\ud834\udd59\ud834\udd73"
            })
    void findsNothingToSeeIn(String text) {
        assertThat(UserText.isBlank(text)).isTrue();
        assertThat(UserText.isBlank(text + "a" + text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "-",
                "\u0301",
                "\u0600",
                "\u06dd",
                "\ufffd",
                "\ufffc",
                "\ue000",
                "\ud83d\ude00",
                "\0",
                "\ud800"
            })
    void findsSomethingIn(String text) {
        assertThat(UserText.isBlank(text)).isFalse();
    }

    @Test
    void looksAtTheLongestTextWithoutOverflowingTheStack() {
        assertThat(UserText.isBlank("\u200b ".repeat(1_000_000))).isTrue();
        assertThat(UserText.repaired("\0\ud800".repeat(500_000))).hasSize(500_000);
    }

    @Test
    void repairsWhatCannotBeKept() {
        assertThat(UserText.repaired("a\0b\ud800c\udc00\ud83d\ude00\u001bd\r\ne\tu\u0308"))
                .isEqualTo("ab\ufffdc\ufffd\ud83d\ude00d\ne\t\u00fc");
    }
}
