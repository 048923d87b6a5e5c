package dev.caravan.videocatalog.signature;

import java.io.Serial;

/** There is no key to sign with; the message is a sentence for the operator. */
public final class UnusableKeyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnusableKeyException(String sentence) {
        super(sentence);
    }
}
