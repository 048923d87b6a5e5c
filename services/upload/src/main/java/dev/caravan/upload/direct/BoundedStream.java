package dev.caravan.upload.direct;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/** A stream that fails, with what the caller says, when more than so many bytes come out of it. */
final class BoundedStream extends FilterInputStream {

    private final Supplier<? extends RuntimeException> excess;
    private long left;

    BoundedStream(InputStream stream, long most, Supplier<? extends RuntimeException> excess) {
        super(stream);
        this.left = most;
        this.excess = excess;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long read) {
        left -= read;
        if (left < 0) {
            throw excess.get();
        }
    }
}
