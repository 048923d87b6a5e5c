package dev.caravan.user.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.caravan.kernel.access.InsecureConfigurationException;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAdministratorTest {

    private static final String STRONG = "k3Xq9-vbT2mWz7Lp";

    @Test
    void setsWhatAnAccountNeeds() {
        Exchange exchange = read(" Root@Example.org", STRONG, true);

        assertThat(exchange.getVariable("name")).isEqualTo("Administrator");
        assertThat(exchange.getVariable("email")).isEqualTo("Root@Example.org");
        assertThat(exchange.getVariable("email_key")).isEqualTo("root@example.org");
        assertThat(exchange.getVariable("password")).isEqualTo(STRONG);
    }

    @Test
    void setsNothingWhenNoneIsConfigured() {
        assertThat(read("", "", true).getVariables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "letmein", "aaaaaaaaaaaaaaaaaaaa", "my password is long"})
    void endsAStartInProductionWithAWeakPassword(String weak) {
        assertThatExceptionOfType(InsecureConfigurationException.class)
                .isThrownBy(() -> read("root@example.org", weak, true))
                .withMessageContaining("user.admin.password is weak")
                .withMessageNotContaining(weak);
        assertThat(read("root@example.org", weak, false).getVariable("password"))
                .isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource({"nobody, " + STRONG, "'', " + STRONG, "root@example.org, ''", "root@example.org, 1234"})
    void endsAStartWithWhatNoAccountCanHave(String email, String password) {
        assertThatIllegalStateException()
                .isThrownBy(() -> read(email, password, false))
                .withMessageContaining("user.admin.email");
    }

    private static Exchange read(String email, String password, boolean inProduction) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        new ReadAdministrator(new AdministratorProperties(email, password), inProduction).process(exchange);
        return exchange;
    }
}
