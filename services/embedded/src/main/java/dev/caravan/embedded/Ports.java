package dev.caravan.embedded;

import java.util.function.IntFunction;

/** How a server that can't choose a port itself gets one. */
final class Ports {
    private static final int ATTEMPTS = 4;

    private Ports() {}

    /**
     * Starts a server on the port, or, for port 0, on a free one; when someone else took that one meanwhile, on another.
     *
     * @throws EmbeddedServerException when the port is taken, or the start fails for another reason
     */
    static <T> T retry(int port, IntFunction<T> start) {
        if (port != 0) {
            requireFree(port);
            return start.apply(port);
        }
        for (int attempt = 1; ; attempt++) {
            int chosen = FreePorts.pick();
            try {
                return start.apply(chosen);
            } catch (EmbeddedServerException e) {
                if (attempt == ATTEMPTS || FreePorts.isFree(chosen)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Lets port 0 and free ports pass.
     *
     * @throws EmbeddedServerException when another program listens there
     */
    static void requireFree(int port) {
        if (port != 0 && !FreePorts.isFree(port)) {
            throw new EmbeddedServerException(
                    "Port " + port + " on " + FreePorts.LOOPBACK + " is taken by another program.");
        }
    }
}
