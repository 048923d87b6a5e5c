package dev.caravan.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Free TCP ports on 127.0.0.1. */
public final class FreePorts {
    static final String LOOPBACK = "127.0.0.1";

    private static final int LOWEST = 20_000;
    /** Where Linux begins with it. */
    private static final int EPHEMERAL = 32_768;

    private static final int RANGE = EPHEMERAL - LOWEST;

    /** So many a process has to itself, as long as no other's number is one of few that begin at the same place. */
    private static final int OF_A_PROCESS = 64;

    private static final int MOST_TRIED = 1000;

    /** Each is picked once by a process: between the pick and the bind it is free, and taken all the same. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 31 % (RANGE / OF_A_PROCESS)) * OF_A_PROCESS);

    private FreePorts() {}

    /**
     * Picks a port that nothing listens on, below the ephemeral range: there the system gives ports to whoever connects, so what is free
     * at one moment often is not at the next. Processes that start at the same time begin at different places.
     *
     * <p>Another process may take it before the caller does; whoever can bind to port 0 itself should.
     */
    public static int pick() {
        for (int tried = 0; tried < MOST_TRIED; tried++) {
            int port = LOWEST + NEXT.getAndIncrement() % RANGE;
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedServerException("No free port on " + LOOPBACK + " in " + MOST_TRIED + " tries");
    }

    /** Says whether a server could bind to the port on 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections of a former run that linger in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
