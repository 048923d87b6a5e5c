package dev.caravan.authentication.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Refresh tokens: 256 random bits that mean nothing to anybody but the database. */
@Component
final class RefreshTokens {

    private static final int BYTES = 32;
    /** That many bits in base64url. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecureRandom random = new SecureRandom();

    String make() {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Whether it looks like one; whether there is such a one the database knows. */
    static boolean isOne(String text) {
        return text.length() < 2 * BYTES && FORM.matcher(text).matches();
    }

    /** SHA-256 in hexadecimal. A slow hash would protect no better what nobody can guess. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
