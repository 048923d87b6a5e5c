package dev.caravan.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The way to a server on this machine, which can be cut, narrowed and closed. */
final class FaultProxy implements AutoCloseable {

    private static final byte[] BUSY =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final int target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
    private volatile Mode mode = Mode.PASS;
    private volatile @Nullable ServerSocket listener;
    private volatile @Nullable Thread acceptor;

    /** What happens to the bytes. */
    enum Mode {
        PASS,
        /** They stay where they are. */
        HANG,
        /** Each piece waits a little. */
        SLOW,
        /** Every request of HTTP is answered 503, the server hears nothing of it. */
        BUSY
    }

    /** Listens on a free port. */
    FaultProxy(int target) {
        this.target = target;
        this.port = listen(0);
    }

    int port() {
        return port;
    }

    /** For what begins from now on and for what is open. */
    void set(Mode changed) {
        mode = changed;
        if (changed == Mode.BUSY) {
            cut();
        }
    }

    /** Resets every connection. */
    void cut() {
        open.forEach(FaultProxy::reset);
    }

    /** Resets connections as soon as the server has sent so many bytes, all together; once. */
    void cutAfter(long bytes) {
        budget.set(bytes);
    }

    /** Nobody listens any more, as when the server is stopped. */
    void refuse() {
        ServerSocket socket = listener;
        listener = null;
        if (socket != null) {
            closeQuietly(socket);
            awaitClosed();
        }
        cut();
    }

    /** The port is open for as long as a thread still waits at it. */
    private void awaitClosed() {
        Thread waiting = acceptor;
        try {
            if (waiting != null) {
                waiting.join(2000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The opposite of every fault. */
    void heal() {
        budget.set(Long.MAX_VALUE);
        mode = Mode.PASS;
        if (listener == null) {
            listen(port);
        }
    }

    @Override
    public void close() {
        refuse();
    }

    private int listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            listener = socket;
            acceptor = start(() -> accept(socket));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("The proxy cannot listen on port " + wanted, e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        try (client) {
            if (mode == Mode.BUSY) {
                refuseBusy(client);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(server);
                Thread upstream = start(() -> pump(client, server, false));
                pump(server, client, true);
                upstream.join();
                open.remove(server);
            }
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void refuseBusy(Socket client) throws IOException {
        client.setSoTimeout(2000);
        byte[] head = new byte[16 * 1024];
        if (client.getInputStream().read(head) > 0) {
            client.getOutputStream().write(BUSY);
            client.getOutputStream().flush();
            client.shutdownOutput();
            // What the client still sends has to be taken, or it would see a reset in the place of the answer.
            for (int rest = 0; rest >= 0; ) {
                rest = client.getInputStream().read(head);
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                if (counted && budget.addAndGet(-read) < 0) {
                    budget.set(Long.MAX_VALUE);
                    reset(from);
                    reset(to);
                    return;
                }
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPassage() throws InterruptedException {
        if (mode == Mode.SLOW) {
            Thread.sleep(30);
        }
        while (mode == Mode.HANG) {
            Thread.sleep(10);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed is what it was to be.
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "chaos-proxy");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
