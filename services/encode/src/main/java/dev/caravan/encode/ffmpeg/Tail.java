package dev.caravan.encode.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads what ffmpeg complains of to its end and keeps a bounded part of it, so that no program can fill the memory or its
 * pipe; and counts the pictures that it could decode only in part.
 */
final class Tail extends Thread {

    private static final int KEPT = 8 << 10;
    /** As ffmpeg says it, of versions 5 to 8 alike, when it warns. */
    private static final String IN_PART = "corrupt decoded frame";

    private final InputStream stream;
    private final StringBuilder text = new StringBuilder();
    private String before = "";
    private int inPart;

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
        count(more);
        text.append(more);
        if (text.length() > KEPT) {
            text.delete(0, text.length() - KEPT);
        }
    }

    private void count(String more) {
        String recent = before + more;
        int end = 0;
        for (int at = recent.indexOf(IN_PART); at >= 0; at = recent.indexOf(IN_PART, end)) {
            inPart++;
            end = at + IN_PART.length();
        }
        before = recent.substring(Math.max(end, recent.length() - IN_PART.length() + 1));
    }

    /** How many pictures were decoded in part, once the stream has ended. */
    int inPart() throws InterruptedException {
        join();
        synchronized (this) {
            return inPart;
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
