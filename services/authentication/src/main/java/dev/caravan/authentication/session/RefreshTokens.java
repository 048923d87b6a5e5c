package dev.caravan.authentication.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** Refresh tokens: 256 bits that nobody can guess and that mean nothing to anybody but the database. */
@Component
final class RefreshTokens {

    private static final int BYTES = 32;
    /** That many bits in base64url. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final String PROPERTY = "refreshToken";
    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();

    String make() {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return text(bits);
    }

    /**
     * What takes the place of a token, the same whenever it is asked for. The token is the key: who has the database has
     * the salt and the token's hash, and learns nothing; nor does who has the token alone.
     */
    static String successor(String token, String salt) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), MAC));
            return text(mac.doFinal(salt.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    private static String text(byte[] bits) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    static void keep(Exchange exchange, String token) {
        exchange.setProperty(PROPERTY, token);
    }

    /** The refresh token of this exchange's request. */
    static String kept(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(PROPERTY, String.class), PROPERTY);
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
