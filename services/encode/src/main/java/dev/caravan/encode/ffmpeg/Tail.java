package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a stream to its end and keeps a bounded part of it, so that no program can fill the memory or its pipe. */
final class Tail extends Thread {

    private static final int KEPT = 8 << 10;

    private final InputStream stream;
    private final StringBuilder text = new StringBuilder();

    private Tail(InputStream stream) {
        super("ffmpeg-errors");
        this.stream = stream;
        setDaemon(true);
    }

    static Tail of(InputStream stream) {
        Tail tail = new Tail(stream);
        tail.start();
        return tail;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[4096];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            keep("\n(its errors could not be read: " + e.getMessage() + ")");
        }
    }

    private synchronized void keep(String more) {
        text.append(more);
        if (text.length() > KEPT) {
            text.delete(0, text.length() - KEPT);
        }
    }

    /** What was kept, once the stream has ended. */
    String text() throws InterruptedException {
        join();
        synchronized (this) {
            return text.toString();
        }
    }
}
