package dev.caravan.user.request;

import static dev.caravan.user.request.Checks.faults;
import static dev.caravan.user.request.Checks.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.FindByCredentialRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class CheckCredentialTest {

    private final CheckCredential check = new CheckCredential();

    @Test
    void looksForTheKeyOfTheEmail() throws Exception {
        Exchange exchange = passed(check, request(" Ann@Example.ORG", " p "));

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("email_key", "ann@example.org"));
        assertThat(exchange.getVariable("password")).isEqualTo(" p ");
    }

    @Test
    void refusesWhatNoAccountCanHave() {
        assertThat(faults(check, request("a".repeat(256), "x".repeat(256)))).containsOnlyKeys("email", "password");
        assertThat(faults(check, request("\0", "\uD800"))).containsOnlyKeys("email", "password");
    }

    private static FindByCredentialRequest request(String email, String password) {
        return FindByCredentialRequest.newBuilder()
                .setEmail(email)
                .setPassword(password)
                .build();
    }
}
