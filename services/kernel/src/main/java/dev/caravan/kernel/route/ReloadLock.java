package dev.caravan.kernel.route;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has requests wait while the endpoint that they come in by is replaced: an HTTP consumer of Camel answers 404 or 503 meanwhile.
 * Each request shares the lock, on whatever threads it runs; the reloader takes it exclusively.
 */
public final class ReloadLock {

    private static final int MOST_REQUESTS = 1 << 20;
    private static final long LONGEST_REQUEST_SECONDS = 10;

    /** Fair: those who come after the reloader wait behind it. */
    private final Semaphore permits = new Semaphore(MOST_REQUESTS, true);

    /**
     * Waits while an endpoint is being replaced; who has got it must {@link #release} it once.
     *
     * @return false when it took longer than that, or the thread was interrupted
     */
    public boolean share(long millis) {
        try {
            return permits.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void release() {
        permits.release();
    }

    /** Runs it while no request has the lock; one that takes too long is not waited for. */
    <T> T exclusively(Callable<T> replacement) throws Exception {
        boolean exclusive = permits.tryAcquire(MOST_REQUESTS, LONGEST_REQUEST_SECONDS, TimeUnit.SECONDS);
        try {
            return replacement.call();
        } finally {
            if (exclusive) {
                permits.release(MOST_REQUESTS);
            }
        }
    }
}
