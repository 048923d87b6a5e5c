package dev.caravan.upload.direct;

import dev.caravan.kernel.Fault;
import io.grpc.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A stream that fails when it only trickles. It counts the time in which it is waited for, so that a reader who is busy
 * with something else, such as storing what came, is not taken for a slow sender.
 */
final class PacedStream extends FilterInputStream {

    private static final double NANOS = 1e9;

    private final double slowestRate;
    private final long window;
    private final LongSupplier clock;
    private long waited;
    private long came;

    /**
     * @param slowestRate bytes a second, on the average of a window
     * @param window of waiting, after which the rate is looked at
     */
    PacedStream(InputStream stream, long slowestRate, Duration window) {
        this(stream, slowestRate, window, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    PacedStream(InputStream stream, long slowestRate, Duration window, LongSupplier clock) {
        super(stream);
        this.slowestRate = slowestRate;
        this.window = window.toNanos();
        this.clock = clock;
    }

    /** For whoever takes too long, one way or the other. */
    static Fault tooSlow(String sentence) {
        return Fault.of(Status.Code.DEADLINE_EXCEEDED, "UPLOAD_TOO_SLOW", sentence);
    }

    @Override
    public int read() throws IOException {
        long start = clock.getAsLong();
        int read = super.read();
        note(start, read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long start = clock.getAsLong();
        int read = super.read(buffer, offset, length);
        note(start, Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long start = clock.getAsLong();
        long skipped = super.skip(count);
        note(start, skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void note(long start, long bytes) {
        waited += clock.getAsLong() - start;
        came += bytes;
        if (waited >= window) {
            if (came < slowestRate * (waited / NANOS)) {
                throw tooSlow("The upload is too slow: it has to come at " + Math.round(slowestRate)
                        + " bytes a second and more.");
            }
            waited = 0;
            came = 0;
        }
    }
}
