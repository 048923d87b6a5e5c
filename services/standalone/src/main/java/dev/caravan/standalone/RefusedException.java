package dev.caravan.standalone;

/** A platform's answer that it does not do what it was asked for. */
final class RefusedException extends UsageException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP */
    RefusedException(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Whether the same call may get on later: it came to a service that is not there or too slow at the moment. */
    boolean isPassing() {
        return status == 503 || status == 504;
    }
}
