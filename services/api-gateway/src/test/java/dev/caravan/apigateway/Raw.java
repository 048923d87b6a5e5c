package dev.caravan.apigateway;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told, byte for byte and as slowly as it is told. */
final class Raw implements Closeable {

    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket = new Socket();

    Raw(int port) throws IOException {
        // Small: what it does not read fills the other side soon.
        socket.setReceiveBufferSize(32_768);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
    }

    Raw say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Raw say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Some bytes of the answer; fewer when it ends before. */
    String hear(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** All up to these characters. */
    String hearThrough(String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf(end) < 0) {
            String next = hear(1);
            if (next.isEmpty()) {
                throw new IOException("closed after: " + heard);
            }
            heard.append(next);
        }
        return heard.toString();
    }

    /** All until the other side closes the connection, in good order or not. */
    String hearOut() {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            InputStream input = socket.getInputStream();
            byte[] some = new byte[8192];
            for (int length = input.read(some); length >= 0; length = input.read(some)) {
                heard.write(some, 0, length);
            }
        } catch (IOException e) {
            // Reset: what came before counts.
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
