package dev.caravan.cdnedge.signature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudfront.CloudFrontUtilities;
import software.amazon.awssdk.services.cloudfront.model.CustomSignerRequest;

/** A signer as a customer of CloudFront has one: a key pair and the AWS SDK. */
public record TestSigner(String id, KeyPair keys) {

    private static final CloudFrontUtilities SDK = CloudFrontUtilities.create();

    /** @param algorithm RSA or EC */
    public static TestSigner create(String id, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
            return new TestSigner(id, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path writePublicKey(Path file) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPublic().getEncoded());
        try {
            return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public String canned(String url, Instant until) {
        return SDK.getSignedUrlWithCannedPolicy(request -> request.resourceUrl(url)
                        .privateKey(keys.getPrivate())
                        .keyPairId(id)
                        .expirationDate(until))
                .url();
    }

    public String custom(String url, String pattern, Instant until) {
        return custom(url, request -> request.resourceUrlPattern(pattern).expirationDate(until));
    }

    public String custom(String url, Consumer<CustomSignerRequest.Builder> more) {
        return SDK.getSignedUrlWithCustomPolicy(request -> more.accept(
                        request.resourceUrl(url).privateKey(keys.getPrivate()).keyPairId(id)))
                .url();
    }
}
