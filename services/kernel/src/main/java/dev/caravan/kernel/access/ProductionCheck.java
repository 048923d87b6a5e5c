package dev.caravan.kernel.access;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends the start of a service in production ({@code caravan.production}) whose secrets, as its configuration lists them in
 * {@code caravan.secrets}, are missing or weak, or that a developer's tools could attach to.
 */
public final class ProductionCheck implements EnvironmentPostProcessor, Ordered {

    private static final int SHORTEST = 16;
    private static final int FEWEST_DIFFERENT = 8;
    private static final List<String> WELL_KNOWN =
            List.of("password", "passwort", "changeme", "change-me", "secret", "example", "guest", "12345678");

    @Override
    public int getOrder() {
        // After the configuration files were read.
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getProperty("caravan.production", Boolean.class, false)) {
            return;
        }
        List<String> findings = new ArrayList<>();
        for (String name : environment.getProperty("caravan.secrets", String[].class, new String[0])) {
            String secret = secretIn(environment.getProperty(name, ""));
            if (secret.isBlank()) {
                findings.add(name + " is missing");
            } else if (isWeak(secret)) {
                findings.add(name + " is weak");
            }
        }
        if (environment.getProperty("camel.cli.enabled", Boolean.class, false)) {
            findings.add("camel.cli.enabled is on");
        }
        if (!findings.isEmpty()) {
            throw new InsecureConfigurationException(findings);
        }
    }

    /** Of a URL the password in it. */
    private static String secretIn(String value) {
        if (!value.contains("://")) {
            return value;
        }
        @Nullable String userInfo = URI.create(value).getUserInfo();
        return userInfo == null ? "" : userInfo.substring(userInfo.indexOf(':') + 1);
    }

    /** Whether a secret is too short, too even, or one that everybody tries first. */
    public static boolean isWeak(String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        return secret.length() < SHORTEST
                || secret.chars().distinct().count() < FEWEST_DIFFERENT
                || WELL_KNOWN.stream().anyMatch(lower::contains);
    }
}
