package dev.caravan.encode.ffmpeg;

/** A jail is required and this machine gives none; the message is a sentence for the operator. */
public final class NoJailException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoJailException(String reason) {
        super("encode.jail is required, and this machine gives none (" + reason + ").");
    }
}
