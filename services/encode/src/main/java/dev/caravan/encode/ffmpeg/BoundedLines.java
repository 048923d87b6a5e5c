package dev.caravan.encode.ffmpeg;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Throws at a line that is longer than any that ffmpeg writes, before somebody keeps it in memory. */
final class BoundedLines extends FilterInputStream {

    private static final int LONGEST = 64 << 10;

    private int length;

    BoundedLines(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count((byte) read);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int most) throws IOException {
        int read = super.read(bytes, offset, most);
        for (int i = 0; i < read; i++) {
            count(bytes[offset + i]);
        }
        return read;
    }

    private void count(byte read) throws IOException {
        length = read == '\n' || read == '\r' ? 0 : length + 1;
        if (length > LONGEST) {
            throw new IOException("The program wrote a line of more than " + LONGEST + " bytes.");
        }
    }
}
