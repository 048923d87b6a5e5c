package dev.caravan.cdnedge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.kernel.Fault;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides as CloudFront does whether a request is signed by a trusted signer, for what is asked, for now and for the
 * viewer who asks.
 */
public final class SignatureVerifier {

    private final String url;
    private final TrustedKeys keys;
    private final Clock clock;

    /** @param url what signed URLs begin with; the Host header has no say */
    public SignatureVerifier(String url, TrustedKeys keys, Clock clock) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Returns when the request is allowed.
     *
     * @param path as sent, with its leading slash
     * @param query as sent, or null
     * @param address the viewer's address
     * @throws Fault with the name of a {@link Refusal} as its reason
     */
    public void verify(String path, @Nullable String query, String address) {
        SignedQuery signedQuery = SignedQuery.parse(query);
        SignatureParameters parameters = SignatureParameters.among(signedQuery.signature());
        if (parameters == null) {
            throw Refusal.UNSIGNED.fault();
        }
        String resource = url + path + signedQuery.rest();
        byte[] text = policyText(parameters, resource);
        keys.verify(parameters.keyPairId(), text, UrlSafeBase64.decode(parameters.signature()));
        check(Policy.parse(text), resource, address);
    }

    private static byte[] policyText(SignatureParameters parameters, String resource) {
        String policy = parameters.policy();
        if (policy != null) {
            return UrlSafeBase64.decode(policy);
        }
        return Policy.canned(resource, String.valueOf(parameters.expires())).getBytes(UTF_8);
    }

    private void check(Policy policy, String resource, String address) {
        Instant now = clock.instant();
        if (!Wildcard.matches(policy.resource(), resource)) {
            throw Refusal.OTHER_RESOURCE.fault();
        }
        if (!now.isBefore(policy.until())) {
            throw Refusal.EXPIRED.fault();
        }
        Instant from = policy.from();
        if (from != null && now.isBefore(from)) {
            throw Refusal.NOT_YET_VALID.fault();
        }
        AddressRange addresses = policy.addresses();
        if (addresses != null && !addresses.contains(address)) {
            throw Refusal.OTHER_ADDRESS.fault();
        }
    }
}
