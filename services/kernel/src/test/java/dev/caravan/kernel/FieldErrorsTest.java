package dev.caravan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldErrorsTest {

    @Test
    void passesWhatIsRight() {
        assertThatCode(() -> new FieldErrors()
                        .required("name", "Ann")
                        .length("name", "Ann", 3, 50)
                        .email("email", "ann@example.org")
                        .orThrow())
                .doesNotThrowAnyException();
    }

    @Test
    void tellsAllThatIsWrongInTheSentencesOfTheContract() {
        Fault fault = fault(new FieldErrors()
                .required("name", " ")
                .length("name", " ", 3, 50)
                .email("email", "a@b")
                .length("email", "a@b", 5, 255)
                .length("password", "x".repeat(256), 5, 255));

        assertThat(fault.fieldErrors())
                .isEqualTo(Map.of(
                        "name", List.of("name is required"),
                        "email", List.of("email must be an email", "email must be at least 5 characters"),
                        "password", List.of("password must be at most 255 characters")));
    }

    @Test
    void countsCharactersAsPeopleDo() {
        assertThatCode(() ->
                        new FieldErrors().length("name", "🦊".repeat(50), 3, 50).orThrow())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "@example.org", "ann@", "a b@example.org", "ann@example", "a@b.c, d@e.f", "a@b..c"})
    void refusesWhatIsNoEmail(String value) {
        assertThat(fault(new FieldErrors().email("email", value)).fieldErrors()).containsKey("email");
    }

    @Test
    void refusesAnEmailOfAnyLengthWithoutOverflowingTheStack() {
        assertThat(fault(new FieldErrors().email("email", "a@b" + ".c".repeat(100_000)))
                        .fieldErrors())
                .containsKey("email");
    }

    @Test
    void takesWhatNobodySeesForMissing() {
        assertThat(fault(new FieldErrors()
                                .required("title", "\u200b\u3164")
                                .length("title", "\u200b\u3164", 5, 255)
                                .email("email", "\ufeff")
                                .required("email", "\ufeff"))
                        .fieldErrors())
                .isEqualTo(Map.of("title", List.of("title is required"), "email", List.of("email is required")));
    }

    @Test
    void tellsALineFromLinesAndBothFromWhatIsNoText() {
        assertThatCode(() -> new FieldErrors()
                        .line("title", "a \ud83e\udd8a")
                        .line("title", null)
                        .lines("description", "a\n\tb")
                        .text("password", "a\u001bb")
                        .orThrow())
                .doesNotThrowAnyException();
        for (String broken : List.of("a\nb", "a\tb", "a\0b", "a\u2028b", "a\u2029b", "a\u0085b", "a\u007fb")) {
            assertThat(fault(new FieldErrors().line("title", broken)).fieldErrors())
                    .isEqualTo(Map.of("title", List.of("title must be one line of text")));
        }
        for (String broken : List.of("a\0b", "a\u001bb", "a\ud83eb", "\udd8a", "a\u0090b")) {
            assertThat(fault(new FieldErrors().lines("description", broken)).fieldErrors())
                    .isEqualTo(Map.of("description", List.of("description must be valid text")));
        }
        assertThat(fault(new FieldErrors().line("title", "a\ud83e")).fieldErrors())
                .isEqualTo(Map.of("title", List.of("title must be valid text")));
        assertThat(fault(new FieldErrors().text("password", "a\0")).fieldErrors())
                .isEqualTo(Map.of("password", List.of("password must be valid text")));
    }

    private static Fault fault(FieldErrors errors) {
        return catchThrowableOfType(Fault.class, errors::orThrow);
    }
}
