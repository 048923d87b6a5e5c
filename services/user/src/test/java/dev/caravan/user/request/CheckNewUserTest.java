package dev.caravan.user.request;

import static dev.caravan.user.request.Checks.faults;
import static dev.caravan.user.request.Checks.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.StoreRequest;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckNewUserTest {

    private static final StoreRequest ANN = StoreRequest.newBuilder()
            .setName("Ann")
            .setEmail("ann@example.org")
            .setPassword("12345")
            .build();

    private final CheckNewUser check = new CheckNewUser();

    @Test
    void setsTheParametersOfTheStatementAndKeepsThePasswordApart() throws Exception {
        Exchange exchange = passed(
                check,
                ANN.toBuilder().setName("  Ann ").setEmail(" Ann@Example.org\t").build());

        assertThat(exchange.getMessage().getBody())
                .isEqualTo(Map.of("name", "Ann", "email", "Ann@Example.org", "email_key", "ann@example.org"));
        assertThat(exchange.getVariable("password")).isEqualTo("12345");
    }

    @ParameterizedTest
    @CsvSource({
        "ÄRZTIN@example.org, a\u0308rztin@EXAMPLE.org",
        "ann@example.org, ANN@EXAMPLE.ORG",
        "ann@\u212Belvin.org, ann@\u00E5elvin.org",
    })
    void hasOneKeyForAllSpellingsOfAnEmail(String one, String other) throws Exception {
        assertThat(key(one)).isEqualTo(key(other));
    }

    private Object key(String email) throws Exception {
        return passed(check, ANN.toBuilder().setEmail(email).build())
                .getMessage()
                .getBody(Map.class)
                .get("email_key");
    }

    @Test
    void boundsTheLengthOfEachField() {
        assertThat(faults(
                        check,
                        StoreRequest.newBuilder()
                                .setName("x".repeat(51))
                                .setEmail("a@b.c" + "d".repeat(251))
                                .setPassword("x".repeat(256))
                                .build()))
                .isEqualTo(Map.of(
                        "name", List.of("name must be at most 50 characters"),
                        "email", List.of("email must be at most 255 characters"),
                        "password", List.of("password must be at most 255 characters")));
        assertThat(faults(
                        check,
                        StoreRequest.newBuilder()
                                .setName("xx")
                                .setEmail("a@b")
                                .setPassword("1234")
                                .build()))
                .isEqualTo(Map.of(
                        "name", List.of("name must be at least 3 characters"),
                        "email", List.of("email must be an email", "email must be at least 5 characters"),
                        "password", List.of("password must be at least 5 characters")));
    }

    @Test
    void asksForEveryField() {
        assertThat(faults(check, StoreRequest.newBuilder().setName(" \t ").build()))
                .isEqualTo(Map.of(
                        "name", List.of("name is required"),
                        "email", List.of("email is required"),
                        "password", List.of("password is required")));
    }

    @Test
    void refusesWhatCannotBeStored() {
        assertThat(faults(
                        check,
                        StoreRequest.newBuilder()
                                .setName("Ann\uD800")
                                .setEmail("a\uDC00b@example.org")
                                .setPassword("12345\0")
                                .build()))
                .isEqualTo(Map.of(
                        "name", List.of("name must be valid text"),
                        "email", List.of("email must be valid text"),
                        "password", List.of("password must be valid text")));
    }

    @Test
    void takesANameForMissingOfWhichNobodySeesAnything() {
        for (String name : List.of("\u200b\u200b\u200b", "\u3164\u3164\u3164", "\u2800 \u00ad", "\u202e\u2066\u200e")) {
            assertThat(faults(check, ANN.toBuilder().setName(name).build()))
                    .isEqualTo(Map.of("name", List.of("name is required")));
        }
    }

    @Test
    void keepsANameComposedAndWithoutControlsOfDirection() throws Exception {
        assertThat(passed(
                                check,
                                ANN.toBuilder()
                                        .setName("A\u0308nne\u202e \u2066\u00d8\u2069 ")
                                        .build())
                        .getMessage()
                        .getBody(Map.class))
                .containsEntry("name", "\u00c4nne \u00d8");
    }

    @Test
    void refusesANameOfMoreThanALine() {
        assertThat(faults(check, ANN.toBuilder().setName("Ann\nAdmin").build()))
                .isEqualTo(Map.of("name", List.of("name must be one line of text")));
    }
}
