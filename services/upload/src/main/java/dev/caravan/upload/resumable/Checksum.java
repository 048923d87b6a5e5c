package dev.caravan.upload.resumable;

import dev.caravan.kernel.Fault;
import dev.caravan.kernel.http.Problem;
import io.grpc.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checksum of one request's bytes, as the client says it and as it turns out. */
final class Checksum {

    private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5");

    /** As Tus-Checksum-Algorithm has them. */
    static final String NAMES = "sha1,sha256,md5";

    private final MessageDigest digest;
    private final byte[] expected;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    /**
     * @param header algorithm and checksum in Base64; null for none
     * @throws Fault INVALID_FIELDS for what is not of that form, or an algorithm that is not offered
     */
    static @Nullable Checksum read(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" +");
        String algorithm = ALGORITHMS.get(parts[0]);
        try {
            if (parts.length != 2 || algorithm == null) {
                throw malformed();
            }
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] expected = Base64.getDecoder().decode(parts[1]);
            if (expected.length != digest.getDigestLength()) {
                throw malformed();
            }
            return new Checksum(digest, expected);
        } catch (IllegalArgumentException | NoSuchAlgorithmException e) {
            throw malformed();
        }
    }

    void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** @throws Fault CHECKSUM_MISMATCH when what was added is not what was said; once, after all was added */
    void require() {
        if (!MessageDigest.isEqual(expected, digest.digest())) {
            throw Fault.of(
                    Status.Code.DATA_LOSS,
                    Problem.CHECKSUM_MISMATCH,
                    "The bytes are not those that " + Tus.UPLOAD_CHECKSUM
                            + " is of; none of them was kept. Send them again.");
        }
    }

    private static Fault malformed() {
        return Fault.invalid(
                Tus.UPLOAD_CHECKSUM,
                Tus.UPLOAD_CHECKSUM + " must be one of " + NAMES.replace(",", ", ") + ", and the checksum in Base64");
    }
}
