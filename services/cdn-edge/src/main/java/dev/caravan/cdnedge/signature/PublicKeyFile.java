package dev.caravan.cdnedge.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key in a PEM file, as {@code openssl pkey -pubout} writes it. */
public final class PublicKeyFile {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

    private PublicKeyFile() {}

    /** @throws IllegalStateException with a sentence for the operator when there is no RSA or EC key in the file */
    public static PublicKey read(Path file) {
        try {
            Matcher pem = PEM.matcher(Files.readString(file));
            if (pem.find()) {
                byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
                for (String algorithm : List.of("RSA", "EC")) {
                    try {
                        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
                    } catch (GeneralSecurityException e) {
                        // Of the other kind, then.
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the public key " + file + ": " + e, e);
        }
        throw new IllegalStateException(file + " holds no RSA or EC public key in PEM");
    }
}
