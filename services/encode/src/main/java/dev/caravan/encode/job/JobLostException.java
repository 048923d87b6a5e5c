package dev.caravan.encode.job;

/** Whoever works at a job must not any more: it was cancelled, taken over, or the service stops. */
public final class JobLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobLostException(String why) {
        super(why);
    }
}
