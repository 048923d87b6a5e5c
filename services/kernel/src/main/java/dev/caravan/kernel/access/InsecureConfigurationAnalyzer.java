package dev.caravan.kernel.access;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has such a start end with a sentence in place of a stack trace. */
public final class InsecureConfigurationAnalyzer extends AbstractFailureAnalyzer<InsecureConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InsecureConfigurationException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set each secret by the environment to 16 or more random characters (openssl rand -base64 24 makes some);"
                        + " caravan.production=false lets a developer start without.",
                cause);
    }
}
