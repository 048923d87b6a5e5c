package dev.caravan.encode.job;

/** A message that says nothing that can be acted on, now or later. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param what is wrong with it, for a log; no full sentence */
    public MalformedMessageException(String what) {
        this("MALFORMED_MESSAGE", what);
    }

    private MalformedMessageException(String reason, String what) {
        super(what);
        this.reason = reason;
    }

    /** A message that nobody of good will sends. */
    public static MalformedMessageException ofSize(long bytes, long most) {
        return new MalformedMessageException(
                "MESSAGE_TOO_LARGE", "it has " + bytes + " bytes, of " + most + " at most");
    }

    /** Stable, {@code UPPER_SNAKE}. */
    public String reason() {
        return reason;
    }
}
