package dev.caravan.videocatalog.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in a PEM file, PKCS#8, as {@code openssl genpkey} writes it. */
public final class PrivateKeyFile {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PrivateKeyFile() {}

    /** @throws UnusableKeyException when there is no RSA or EC key in the file */
    public static PrivateKey read(String file) {
        if (file.isBlank()) {
            throw new UnusableKeyException(
                    "cdn.private-key has to name the PEM file of the key that signs playback URLs.");
        }
        try {
            Matcher pem = PEM.matcher(Files.readString(Path.of(file)));
            if (pem.find()) {
                return parse(Base64.getMimeDecoder().decode(pem.group(1)));
            }
        } catch (IOException e) {
            throw new UnusableKeyException("cdn.private-key names a file that cannot be read: " + e + ".");
        } catch (GeneralSecurityException e) {
            // Neither of the kinds that CloudFront knows.
        }
        throw new UnusableKeyException(
                "cdn.private-key names " + file + ", which holds no RSA or EC key in PKCS#8 PEM.");
    }

    private static PrivateKey parse(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException refusal = new GeneralSecurityException();
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                refusal = e;
            }
        }
        throw refusal;
    }
}
