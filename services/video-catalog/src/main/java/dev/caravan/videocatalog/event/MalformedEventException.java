package dev.caravan.videocatalog.event;

import java.io.Serial;

/** A message that says nothing that can be recorded; the message of this exception says why, for an operator. */
public final class MalformedEventException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    MalformedEventException(String message) {
        super(message);
    }
}
