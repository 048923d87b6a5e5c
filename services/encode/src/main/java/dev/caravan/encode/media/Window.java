package dev.caravan.encode.media;

import java.io.IOException;
import java.io.RandomAccessFile;

/** What is looked at of a large file that is walked through. */
final class Window {

    private static final int SIZE = 1 << 16;

    private final RandomAccessFile file;
    private final byte[] bytes = new byte[SIZE];
    private long start;
    private int length;

    Window(RandomAccessFile file) {
        this.file = file;
    }

    /** Where in {@link #bytes} a place of the file is, with what follows; -1 when there is less. */
    int find(long at, int needed) throws IOException {
        if (at < start || at + needed > start + length) {
            file.seek(at);
            start = at;
            length = 0;
            int read;
            while (length < needed && (read = file.read(bytes, length, SIZE - length)) >= 0) {
                length += read;
            }
        }
        return at + needed <= start + length ? (int) (at - start) : -1;
    }

    byte[] bytes() {
        return bytes;
    }
}
