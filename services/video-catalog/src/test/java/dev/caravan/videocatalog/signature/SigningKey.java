package dev.caravan.videocatalog.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** A key pair, and the CDN's part: does a query of ours verify? */
public record SigningKey(KeyPair keys) {

    /** @param algorithm RSA or EC */
    public static SigningKey create(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            // CloudFront asks for 2048 bits; making such a key takes seconds.
            generator.initialize(algorithm.equals("RSA") ? 1024 : 256);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path write(Path file) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        try {
            return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True when the signature is one of this text by this key. */
    public boolean verifies(String policy, String signature) {
        try {
            Signature verifier = Signature.getInstance(
                    keys.getPublic().getAlgorithm().equals("RSA") ? "SHA1withRSA" : "SHA1withECDSA");
            verifier.initVerify(keys.getPublic());
            verifier.update(policy.getBytes(US_ASCII));
            return verifier.verify(decode(signature));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** CloudFront's Base64. */
    static byte[] decode(String text) {
        return Base64.getDecoder()
                .decode(text.replace('-', '+').replace('_', '=').replace('~', '/'));
    }
}
