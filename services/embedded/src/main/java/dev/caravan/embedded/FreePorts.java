package dev.caravan.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free TCP ports on 127.0.0.1. */
public final class FreePorts {
    static final String LOOPBACK = "127.0.0.1";

    private FreePorts() {}

    /**
     * Picks a port of the ephemeral range (so never a server's standard port) that nothing listens on.
     *
     * <p>Another process may take it before the caller does; whoever can bind to port 0 itself should.
     */
    public static int pick() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedServerException("No free port on " + LOOPBACK + ": " + e.getMessage(), e);
        }
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
