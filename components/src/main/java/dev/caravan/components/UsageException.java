package dev.caravan.components;

import java.io.Serial;

/** The message is what to tell at the terminal. */
final class UsageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
