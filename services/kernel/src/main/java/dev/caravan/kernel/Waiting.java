package dev.caravan.kernel;

import org.apache.camel.Exchange;

/**
 * Which thread waits for an exchange until it is done. A call that this thread makes for it may as well wait for its answer there: to go
 * on on another one only wakes one thread more.
 */
public final class Waiting {

    private static final String THREAD = "CaravanWaitingThread";

    private Waiting() {}

    /** The present thread waits from here on. */
    public static void begin(Exchange exchange) {
        exchange.setProperty(THREAD, Thread.currentThread());
    }

    /** Whether it is the present one. */
    public static boolean isHere(Exchange exchange) {
        return exchange.getProperty(THREAD) == Thread.currentThread();
    }
}
