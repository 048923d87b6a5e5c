package dev.caravan.kernel.route;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets requests wait outside while the door that they come in by is replaced: an HTTP consumer of Camel answers 404 or 503
 * meanwhile. Whoever lets requests in enters and leaves; the reloader takes the gate for itself.
 */
public final class ReloadGate {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /**
     * Waits while a door is being replaced; the same thread has to {@link #leave} when it has entered.
     *
     * @return false when it took longer than that, or the thread was interrupted
     */
    public boolean enter(long millis) {
        try {
            return lock.readLock().tryLock(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public void leave() {
        lock.readLock().unlock();
    }

    /** Runs it when everybody has left, with nobody inside. */
    <T> T alone(Callable<T> replacement) throws Exception {
        lock.writeLock().lock();
        try {
            return replacement.call();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
