package dev.caravan.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * The key pair that playback URLs are signed with, made at the first start.
 *
 * @param privateKey PKCS#8 PEM, readable for its owner only
 * @param publicKey X.509 PEM
 */
record SigningKeys(Path privateKey, Path publicKey) {

    /** Signed faster than RSA, and shorter in every URL of a manifest; CloudFront takes both. */
    private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");

    /** @throws UsageException when the folder can't be written */
    static SigningKeys in(Path folder) {
        SigningKeys keys = new SigningKeys(folder.resolve("cdn-private.pem"), folder.resolve("cdn-public.pem"));
        if (Files.exists(keys.privateKey) && Files.exists(keys.publicKey)) {
            return keys;
        }
        try {
            Files.createDirectories(folder);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(CURVE);
            KeyPair pair = generator.generateKeyPair();
            write(keys.publicKey, "PUBLIC KEY", pair.getPublic());
            write(keys.privateKey, "PRIVATE KEY", pair.getPrivate());
            return keys;
        } catch (GeneralSecurityException | IOException e) {
            throw new UsageException("The signing keys can't be written to " + folder + ": " + e.getMessage());
        }
    }

    private static void write(Path file, String label, Key key) throws IOException {
        OwnerOnly.write(
                file,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                .encodeToString(key.getEncoded())
                        + "\n-----END " + label + "-----\n");
    }
}
