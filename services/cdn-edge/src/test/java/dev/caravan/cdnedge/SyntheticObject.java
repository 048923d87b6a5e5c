package dev.caravan.cdnedge;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object of any size that takes no space, and tells what became of it. */
final class SyntheticObject extends InputStream {

    private final long length;
    private long endsAfter;
    private long failsAfter = Long.MAX_VALUE;
    private volatile long sent;
    private volatile boolean aborted;

    SyntheticObject(long length) {
        this.length = length;
        this.endsAfter = length;
    }

    SyntheticObject failingAfter(long bytes) {
        failsAfter = bytes;
        return this;
    }

    SyntheticObject endingAfter(long bytes) {
        endsAfter = bytes;
        return this;
    }

    ResponseInputStream<GetObjectResponse> response() {
        return new ResponseInputStream<>(
                GetObjectResponse.builder().contentLength(length).eTag("\"1\"").build(),
                AbortableInputStream.create(this, () -> aborted = true));
    }

    long sent() {
        return sent;
    }

    boolean isAborted() {
        return aborted;
    }

    @Override
    public int read() throws IOException {
        return read(new byte[1], 0, 1) < 0 ? -1 : 0;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (sent >= failsAfter) {
            throw new IOException("connection reset");
        }
        if (sent >= endsAfter) {
            return -1;
        }
        int part = (int) Math.min(count, endsAfter - sent);
        sent += part;
        return part;
    }
}
