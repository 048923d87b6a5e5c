package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an upload on their way from one request, a part at a time: what came is in one buffer, of a part's length, until it is
 * a part or the request has ended.
 */
public final class Transfer {

    /** A client that has said nothing for so long does not keep another one of the same user from going on. */
    private static final long SILENCE = Duration.ofSeconds(5).toNanos();

    private static final int SIP = 64 * 1024;

    private final UUID video;
    private final UUID lease;
    private final long length;
    private final long partSize;
    private final InputStream body;
    private final @Nullable Checksum checksum;
    private final boolean own;
    private final @Nullable String formerTail;
    private final long before;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> etags = new ArrayList<>();
    private final byte[] buffer;
    private @Nullable String storeUpload;
    private @Nullable String tail;
    private int tailSize;
    private int filled;
    private long inParts;
    private boolean ended;
    private @Nullable RuntimeException failure;
    private volatile long silentSince;

    /**
     * @param row of take-lease.sql
     * @param body the bytes
     * @param own whether nobody may be let go on in the place of who is silent
     */
    Transfer(Map<?, ?> row, UUID lease, InputStream body, @Nullable Checksum checksum, boolean own) {
        this.video = Objects.requireNonNull((UUID) row.get("video_id"));
        this.lease = lease;
        this.length = number(row, "length");
        this.partSize = number(row, "part_size");
        this.storeUpload = (String) row.get("store_upload");
        this.formerTail = (String) row.get("tail");
        this.tail = formerTail;
        this.tailSize = (int) number(row, "tail_size");
        this.before = number(row, "received");
        this.inParts = before - tailSize;
        this.body = body;
        this.checksum = checksum;
        this.own = own;
        this.buffer = new byte[(int) wanted()];
    }

    private static long number(Map<?, ?> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column), column)).longValue();
    }

    /** Whether there may be more to come. */
    public boolean isReceiving() {
        return !ended;
    }

    /** Whether all of the upload is stored. */
    public boolean isWhole() {
        return noted() == length;
    }

    /** What the object store calls the upload; null before its first part. */
    public @Nullable String getStoreUpload() {
        return storeUpload;
    }

    void setStoreUpload(String id) {
        storeUpload = id;
    }

    UUID video() {
        return video;
    }

    UUID lease() {
        return lease;
    }

    long length() {
        return length;
    }

    byte[] buffer() {
        return buffer;
    }

    int filled() {
        return filled;
    }

    int tailSize() {
        return tailSize;
    }

    @Nullable
    String tail() {
        return tail;
    }

    List<Integer> numbers() {
        return numbers;
    }

    List<String> etags() {
        return etags;
    }

    /** The object that held what has since been stored otherwise; null when there is none. */
    @Nullable
    String obsoleteTail() {
        return Objects.equals(formerTail, tail) ? null : formerTail;
    }

    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Whether somebody is still sending, so that the lease is worth to be kept. */
    boolean isAlive() {
        long since = silentSince;
        return own || since == 0 || System.nanoTime() - since < SILENCE;
    }

    /** Puts before the bytes of the request what came before and was no part. */
    void prepend(InputStream stored) throws IOException {
        if (stored.readNBytes(buffer, 0, tailSize) < tailSize) {
            throw new IOException("The end of upload " + video + " is shorter than it was");
        }
        filled = tailSize;
    }

    /** Reads until there is a part, or all, or no more comes; why it is no more is kept for later, what came is not lost. */
    void fill() {
        try {
            int wanted = (int) wanted();
            while (filled < wanted && !ended) {
                int read = read(buffer, filled, Math.min(SIP, wanted - filled));
                if (read < 0) {
                    ended = true;
                } else {
                    filled += read;
                }
            }
            if (!ended && inParts + filled == length) {
                ended = true;
                if (read(new byte[1], 0, 1) > 0) {
                    // Nothing tells which of these bytes were meant.
                    filled = (int) Math.max(0, before - inParts);
                    throw beyond(length);
                }
            }
            if (ended && checksum != null) {
                checksum.require();
            }
        } catch (IOException e) {
            fail(Fault.of(
                    Status.Code.INVALID_ARGUMENT,
                    "UPLOAD_INCOMPLETE",
                    "The bytes ended earlier than the request says."));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private int read(byte[] into, int offset, int most) throws IOException {
        silentSince = System.nanoTime() | 1;
        int read = body.read(into, offset, most);
        silentSince = 0;
        if (read > 0 && checksum != null) {
            checksum.add(into, offset, read);
        }
        return read;
    }

    private void fail(RuntimeException reason) {
        ended = true;
        silentSince = 0;
        failure = reason;
        if (checksum != null) {
            // Of bytes that nobody vouches for none is kept: the note says what was there before.
            filled = 0;
            numbers.clear();
            etags.clear();
        }
    }

    /** Whether nothing that this request brought counts, or not yet. */
    boolean isUnproven() {
        return checksum != null && (!ended || failure != null);
    }

    /** Whether what is in the buffer is a part: of the size of all, or the last. */
    boolean isPart() {
        return filled > 0 && filled == wanted();
    }

    /** Whether the buffer has what no object holds yet, and no part will soon. */
    boolean isNewTail() {
        return ended && !isUnproven() && !isPart() && filled > 0 && inParts + filled > before;
    }

    /** Number of the part in the buffer. */
    int partNumber() {
        return (int) (inParts / partSize) + 1;
    }

    /** Whether the buffer has the beginning of the upload. */
    boolean isBeginning() {
        return inParts == 0;
    }

    /** The buffer has been stored as a part. */
    void stored(String etag) {
        numbers.add(partNumber());
        etags.add(etag);
        inParts += filled;
        filled = 0;
    }

    /** Once nothing is left in the buffer, all that came before is in parts too. */
    void settle() {
        if (!isUnproven() && filled == 0) {
            tail = null;
            tailSize = 0;
        }
    }

    /** The buffer has been stored as an object of its own. */
    void storedTail(String key) {
        tail = key;
        tailSize = filled;
    }

    /** Bytes of the upload that are stored and count. */
    long noted() {
        return isUnproven() ? before : Math.max(before, inParts + filled);
    }

    /** What has just been noted is not noted again. */
    void forgetParts() {
        if (!isUnproven()) {
            numbers.clear();
            etags.clear();
        }
    }

    private long wanted() {
        return Math.min(partSize, length - inParts);
    }

    static Fault beyond(long length) {
        return Fault.of(
                Status.Code.OUT_OF_RANGE,
                Problem.TOO_LARGE,
                "The upload has " + length + " bytes, and these go beyond.");
    }
}
