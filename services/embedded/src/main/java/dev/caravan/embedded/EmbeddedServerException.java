package dev.caravan.embedded;

import org.jspecify.annotations.Nullable;

/** A server could not be started or used; the message is a sentence for the person who tried. */
public final class EmbeddedServerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmbeddedServerException(String sentence) {
        this(sentence, null);
    }

    EmbeddedServerException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
