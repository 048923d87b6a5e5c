package dev.caravan.videocatalog.signature;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has a start without a key end with a sentence in place of stack traces. */
class UnusableKeyAnalyzer extends AbstractFailureAnalyzer<UnusableKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableKeyException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Set cdn.private-key to the path of a private key in PEM (openssl genpkey makes one), and cdn.public-key"
                        + " of the edge to the path of its public key.",
                cause);
    }
}
