package dev.caravan.cdnedge.signature;

import java.util.Base64;
import java.util.regex.Pattern;

/** Base64 as CloudFront writes it in URLs: - for +, _ for =, ~ for /. */
final class UrlSafeBase64 {

    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9~-]+_{0,2}");

    private UrlSafeBase64() {}

    /** @throws dev.caravan.kernel.Fault {@link Refusal#MALFORMED} */
    static byte[] decode(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw Refusal.MALFORMED.fault();
        }
        try {
            return Base64.getDecoder()
                    .decode(text.replace('-', '+').replace('_', '=').replace('~', '/'));
        } catch (IllegalArgumentException e) {
            throw Refusal.MALFORMED.fault();
        }
    }
}
