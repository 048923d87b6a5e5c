package dev.caravan.kernel.route;

import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests wait outside while the endpoint that they come in by is replaced: an HTTP consumer of Camel answers 404 or 503
 * meanwhile. Whoever lets requests in enters and leaves, on whatever thread; the reloader takes the gate for itself.
 */
public final class ReloadGate {

    private static final int EVERYBODY = 1 << 20;
    private static final long LONGEST_REQUEST_SECONDS = 10;

    /** Fair: those who come after the reloader wait behind it. */
    private final Semaphore places = new Semaphore(EVERYBODY, true);

    /**
     * Waits while an endpoint is being replaced; who has entered must {@link #leave} once.
     *
     * @return false when it took longer than that, or the thread was interrupted
     */
    public boolean enter(long millis) {
        try {
            return places.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void leave() {
        places.release();
    }

    /** Runs it when everybody has left, with nobody inside; who stays for too long is not waited for. */
    <T> T alone(Callable<T> replacement) throws Exception {
        boolean alone = places.tryAcquire(EVERYBODY, LONGEST_REQUEST_SECONDS, TimeUnit.SECONDS);
        try {
            return replacement.call();
        } finally {
            if (alone) {
                places.release(EVERYBODY);
            }
        }
    }
}
