package dev.caravan.upload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to a server that can be made to bring no more answers, or be cut. */
final class Wire implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private final ServerSocket entrance;
    private final int target;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile @Nullable String cue;

    /** @param target port on the loopback address */
    Wire(int target) throws IOException {
        this.target = target;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** What the server says is lost from now on, while what is said to it arrives; connections to come are as they should. */
    void mute() {
        lines.forEach(line -> line.mute = true);
    }

    /** As {@link #mute} for one connection, the next on which the server is told this. */
    void muteAfter(String text) {
        cue = text;
    }

    boolean isMute() {
        return lines.stream().anyMatch(line -> line.mute);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (Line line : lines) {
            line.close();
        }
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            Line line = new Line(entrance.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
            lines.add(line);
            start(() -> line.copy(line.client, line.server, false));
            start(() -> line.copy(line.server, line.client, true));
        }
    }

    /** Before the server hears it, so that no answer is faster. */
    private void overhear(Line line, byte[] buffer, int length) {
        String wanted = cue;
        if (wanted != null && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(wanted)) {
            cue = null;
            line.mute = true;
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean mute;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void copy(Socket from, Socket to, boolean isAnswer) throws IOException {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!isAnswer) {
                        overhear(this, buffer, read);
                    }
                    if (!(isAnswer && mute)) {
                        out.write(buffer, 0, read);
                    }
                }
            } finally {
                close();
            }
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }

    @FunctionalInterface
    private interface Job {

        void run() throws IOException;
    }

    private static void start(Job job) {
        Thread thread = new Thread(
                () -> {
                    try {
                        job.run();
                    } catch (IOException e) {
                        LOG.debug("A connection has ended", e);
                    }
                },
                "wire");
        thread.setDaemon(true);
        thread.start();
    }
}
