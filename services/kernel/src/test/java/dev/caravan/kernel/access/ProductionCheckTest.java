package dev.caravan.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class ProductionCheckTest {

    private static final String STRONG = "qD7vXp2mK9wRt4Zs";

    private final MockEnvironment environment = new MockEnvironment()
            .withProperty("caravan.production", "true")
            .withProperty("caravan.secrets", "caravan.service-key,redis.url")
            .withProperty("caravan.service-key", STRONG)
            .withProperty("redis.url", "redis://:" + STRONG + "@127.0.0.1:6379");

    @Test
    void letsAServiceStartWhoseSecretsAreStrong() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void namesEverySecretThatIsMissingOrWeak() {
        environment.setProperty("caravan.service-key", "");
        environment.setProperty("redis.url", "redis://127.0.0.1:6379");

        assertThatThrownBy(this::check)
                .isInstanceOf(InsecureConfigurationException.class)
                .hasMessageContaining("caravan.service-key is missing")
                .hasMessageContaining("redis.url is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guest",
                "short",
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "my-password-is-long-enough",
                "CHANGEME-changeme-99"
            })
    void refusesWhatCanBeGuessed(String secret) {
        environment.setProperty("caravan.service-key", secret);

        assertThatThrownBy(this::check)
                .hasMessageContaining("caravan.service-key is weak")
                .hasMessageNotContaining(secret);
    }

    @Test
    void refusesToBeOpenToADevelopersTools() {
        environment.setProperty("camel.cli.enabled", "true");

        assertThatThrownBy(this::check).hasMessageContaining("camel.cli.enabled is on");
    }

    @Test
    void asksNothingOfADeveloper() {
        environment.setProperty("caravan.production", "false");
        environment.setProperty("caravan.service-key", "");
        environment.setProperty("camel.cli.enabled", "true");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void tellsAnOperatorWhatToDo() {
        environment.setProperty("caravan.service-key", "");

        assertThatThrownBy(this::check).satisfies(failure -> {
            var analysis = new InsecureConfigurationAnalyzer().analyze(failure);
            assertThat(analysis.getDescription()).contains("caravan.service-key");
            assertThat(analysis.getAction()).contains("openssl rand");
        });
    }

    private void check() {
        new ProductionCheck().postProcessEnvironment(environment, new SpringApplication());
    }
}
