package dev.caravan.upload.direct;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;

/** A stream that fails, with what the caller says, when it is still being read after so long. */
final class TimedStream extends FilterInputStream {

    private final Supplier<? extends RuntimeException> excess;
    private final long end;

    TimedStream(InputStream stream, Duration longest, Supplier<? extends RuntimeException> excess) {
        super(stream);
        this.end = System.nanoTime() + longest.toNanos();
        this.excess = excess;
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        check();
        return super.read(buffer, offset, length);
    }

    private void check() {
        if (System.nanoTime() - end > 0) {
            throw excess.get();
        }
    }
}
