package dev.caravan.cdnedge.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a signature, as a URL carries them. Exactly one of the first two is there.
 *
 * @param policy of a custom policy: its text, encoded
 * @param expires of a canned policy: when it ends, in seconds since 1970
 */
record SignatureParameters(
        @Nullable String policy, @Nullable String expires, String signature, String keyPairId) {

    static final String POLICY = "Policy";
    static final String EXPIRES = "Expires";
    static final String SIGNATURE = "Signature";
    static final String KEY_PAIR_ID = "Key-Pair-Id";

    /**
     * The parameters among {@code values}, or null when none of them is there.
     *
     * @throws dev.caravan.kernel.Fault {@link Refusal#MALFORMED} when one is missing or doubled
     */
    static @Nullable SignatureParameters among(List<NamedValue> values) {
        Map<String, String> found = new HashMap<>();
        for (NamedValue value : values) {
            if (isOne(value.name()) && found.put(value.name(), value.value()) != null) {
                throw Refusal.MALFORMED.fault();
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        String signature = found.get(SIGNATURE);
        String keyPairId = found.get(KEY_PAIR_ID);
        if (signature == null || keyPairId == null || found.containsKey(POLICY) == found.containsKey(EXPIRES)) {
            throw Refusal.MALFORMED.fault();
        }
        return new SignatureParameters(found.get(POLICY), found.get(EXPIRES), signature, keyPairId);
    }

    /** Whether a query parameter of this name is the signature's and no part of what is signed. */
    static boolean isOne(String name) {
        return switch (name) {
            case POLICY, EXPIRES, SIGNATURE, KEY_PAIR_ID -> true;
            default -> false;
        };
    }
}
