package dev.caravan.videocatalog.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What makes a link one: 256 random bits in the letters of URLs. Only their hash is kept, so who reads the database can't
 * use a link.
 */
final class LinkSecret {

    private static final int BYTES = 32;
    private static final int LONGEST = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

    private LinkSecret() {}

    /** One that nobody has. */
    static String mint() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of a secret; of what is no secret a hash that none has. */
    static byte[] hash(String secret) {
        try {
            byte[] bytes = secret.length() > LONGEST ? new byte[0] : secret.getBytes(StandardCharsets.UTF_8);
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
