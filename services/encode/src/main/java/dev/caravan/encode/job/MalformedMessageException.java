package dev.caravan.encode.job;

/** A message that says nothing that can be acted on, now or later. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param what is wrong with it, for a log; no full sentence */
    public MalformedMessageException(String what) {
        super(what);
    }
}
