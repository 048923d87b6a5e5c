package dev.caravan.user.request;

import static dev.caravan.user.request.Checks.faults;
import static dev.caravan.user.request.Checks.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.ChangePasswordRequest;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class CheckNewPasswordTest {

    private final CheckNewPassword check = new CheckNewPassword();

    @Test
    void keepsBothPasswordsAsTheyAre() throws Exception {
        Exchange exchange = passed(check, request(" old ", " new "));

        assertThat(exchange.getVariable("current_password")).isEqualTo(" old ");
        assertThat(exchange.getVariable("password")).isEqualTo(" new ");
    }

    @Test
    void asksForBoth() {
        assertThat(faults(check, request("", "")))
                .isEqualTo(Map.of(
                        "current_password", List.of("current_password is required"),
                        "new_password", List.of("new_password is required")));
    }

    @Test
    void asksOfTheNewOneWhatIsAskedOfANewUser() {
        assertThat(faults(check, request("old", "1234")))
                .isEqualTo(Map.of("new_password", List.of("new_password must be at least 5 characters")));
        assertThat(faults(check, request("old", "x".repeat(256)))).containsOnlyKeys("new_password");
        assertThat(faults(check, request("old", "12345\0"))).containsOnlyKeys("new_password");
    }

    private static ChangePasswordRequest request(String current, String next) {
        return ChangePasswordRequest.newBuilder()
                .setCurrentPassword(current)
                .setNewPassword(next)
                .build();
    }
}
