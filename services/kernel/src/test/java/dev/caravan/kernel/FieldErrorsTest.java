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

    private static Fault fault(FieldErrors errors) {
        return catchThrowableOfType(Fault.class, errors::orThrow);
    }
}
