package dev.caravan.upload.remove;

/** A message that says nothing that can be acted on, now or later. */
final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param what is wrong with it, for a log; no full sentence */
    MalformedMessageException(String what) {
        super(what);
    }
}
