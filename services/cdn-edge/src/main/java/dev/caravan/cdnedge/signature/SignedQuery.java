package dev.caravan.cdnedge.signature;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query, taken apart.
 *
 * @param signature its signature parameters, decoded
 * @param rest everything else as it was sent and signed; empty, or with its leading question mark
 */
record SignedQuery(List<NamedValue> signature, String rest) {

    /** @throws dev.caravan.kernel.Fault {@link Refusal#MALFORMED} when a signature parameter can't be decoded */
    static SignedQuery parse(@Nullable String query) {
        List<NamedValue> signature = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        for (String part : query == null ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (SignatureParameters.isOne(name)) {
                signature.add(new NamedValue(name, equals < 0 ? "" : decoded(part.substring(equals + 1))));
            } else {
                rest.append(rest.isEmpty() ? '?' : '&').append(part);
            }
        }
        return new SignedQuery(signature, rest.toString());
    }

    /** Some clients write ~ as %7E. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.MALFORMED.fault();
        }
    }
}
