package dev.caravan.encode;

import dev.caravan.encode.ffmpeg.NoJailException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Has a start without the jail that is required end with a sentence in place of a stack trace. */
final class NoJailAnalyzer extends AbstractFailureAnalyzer<NoJailException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoJailException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Let this user or container have user namespaces, or Landlock and perl;"
                        + " encode.jail=preferred starts without.",
                cause);
    }
}
