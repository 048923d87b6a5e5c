package dev.caravan.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.caravan.kernel.Fault;
import dev.caravan.user.request.Variables;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class VerifyPasswordTest {

    private final PasswordConfiguration configuration = new PasswordConfiguration();
    private final PasswordEncoder encoder = configuration.passwordEncoder(new PasswordProperties(4096, 2, 1, 1, 1));
    private final VerifyPassword verify = new VerifyPassword(encoder);

    @Test
    void passesTheRightPasswordWithAHashOfToday() {
        Exchange exchange = exchange(row(encoder.encode("right")), "right");

        assertThatCode(() -> verify.process(exchange)).doesNotThrowAnyException();
        assertThat(exchange.getVariable(Variables.HASH_OUTDATED)).isEqualTo(false);
    }

    @Test
    void findsAHashOfLowerCostOutdated() {
        PasswordEncoder weaker = configuration.passwordEncoder(new PasswordProperties(2048, 2, 1, 1, 1));
        Exchange exchange = exchange(row(weaker.encode("right")), "right");

        verify.process(exchange);

        assertThat(exchange.getVariable(Variables.HASH_OUTDATED)).isEqualTo(true);
    }

    @Test
    void readsBcryptWithAndWithoutAPrefixAndFindsItOutdated() {
        String hash = new BCryptPasswordEncoder(4).encode("right");
        for (String stored : new String[] {hash, "{bcrypt}" + hash}) {
            Exchange exchange = exchange(row(stored), "right");

            verify.process(exchange);

            assertThat(exchange.getVariable(Variables.HASH_OUTDATED)).isEqualTo(true);
        }
    }

    @Test
    void refusesEveryOtherCaseWithOneAnswer() {
        for (Map<String, Object> row : new Map[] {null, row(encoder.encode("other")), row("")}) {
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> verify.process(exchange(row, "right")))
                    .satisfies(fault -> assertThat(fault.reason()).isEqualTo("BAD_CREDENTIALS"))
                    .withMessage("The email or the password is wrong.");
        }
    }

    @Test
    void refusesNobodyWhoGuessesTheHashOfNobody() {
        assertThatExceptionOfType(Fault.class).isThrownBy(() -> verify.process(exchange(null, "nobody's password")));
    }

    @Test
    void takesAsLongForAnUnknownEmailAsForAWrongPassword() {
        Map<String, Object> row = row(encoder.encode("other"));
        median(row);
        median(null);

        Duration wrong = median(row);
        Duration unknown = median(null);

        assertThat((double) unknown.toNanos() / wrong.toNanos()).isBetween(0.5, 2.0);
    }

    private Duration median(@Nullable Map<String, Object> row) {
        return Duration.ofNanos(IntStream.range(0, 15)
                .mapToLong(i -> {
                    long begin = System.nanoTime();
                    assertThatExceptionOfType(Fault.class).isThrownBy(() -> verify.process(exchange(row, "right")));
                    return System.nanoTime() - begin;
                })
                .sorted()
                .skip(7)
                .findFirst()
                .orElseThrow());
    }

    private static Map<String, Object> row(String hash) {
        return Map.of("id", 1, "password_hash", hash);
    }

    private static Exchange exchange(@Nullable Map<String, Object> row, String password) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(row);
        exchange.setVariable(Variables.PASSWORD, password);
        return exchange;
    }
}
