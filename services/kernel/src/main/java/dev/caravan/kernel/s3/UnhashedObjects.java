package dev.caravan.kernel.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs what is stored over plain HTTP as the SDK signs it over TLS, and as presigned URLs do: the request, and not the
 * object's bytes, which come with their CRC-32. Their SHA-256 on both sides takes longer than all else. Requests other than
 * PUT are signed with their bodies.
 */
final class UnhashedObjects implements AwsV4AuthScheme, AwsV4HttpSigner {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final AwsV4AuthScheme scheme = AwsV4AuthScheme.create();

    @Override
    public String schemeId() {
        return scheme.schemeId();
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return scheme.identityProvider(providers);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return this;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        if (!storesOverHttp(request.request())) {
            return scheme.signer().sign(request);
        }
        SignedRequest signed =
                scheme.signer().sign(request.copy(copy -> copy.request(over("https", request.request()))));
        return signed.copy(copy -> copy.request(over("http", signed.request())));
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return scheme.signer().signAsync(request);
    }

    /** Of a port that is the usual one of either, the host that is signed would not be the one that is sent. */
    private static boolean storesOverHttp(SdkHttpRequest request) {
        return request.method() == SdkHttpMethod.PUT
                && request.protocol().equals("http")
                && request.port() != HTTP
                && request.port() != HTTPS;
    }

    private static SdkHttpRequest over(String protocol, SdkHttpRequest request) {
        return request.toBuilder().protocol(protocol).build();
    }
}
