package dev.caravan.cdnedge.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.caravan.kernel.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides as CloudFront does whether a request is signed by a trusted signer, for what is asked, for now and for the
 * viewer who asks.
 */
public final class SignatureVerifier {

    /** Signatures that hold, so that viewers without one push none out. */
    private static final int REMEMBERED = 10_000;

    private final String url;
    private final TrustedKeys keys;
    private final Clock clock;
    private final Cache<Signed, Policy> verified;

    /** @param url what signed URLs begin with; the Host header has no say */
    public SignatureVerifier(String url, TrustedKeys keys, Clock clock) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.keys = keys;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfter(Expiry.<Signed, Policy>writing((signed, policy) -> left(policy)))
                .build();
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
        check(policy(parameters, resource), resource, address);
    }

    /** The signature is verified once: what it is of and whose it is does not change. What the policy says is checked each time. */
    private Policy policy(SignatureParameters parameters, String resource) {
        Signed signed = new Signed(parameters, parameters.policy() == null ? resource : null);
        Policy known = verified.getIfPresent(signed);
        if (known != null) {
            return known;
        }
        byte[] text = policyText(parameters, resource);
        keys.verify(parameters.keyPairId(), text, UrlSafeBase64.decode(parameters.signature()));
        Policy policy = Policy.parse(text);
        verified.put(signed, policy);
        return policy;
    }

    private Duration left(Policy policy) {
        Duration left = Duration.between(clock.instant(), policy.until());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static byte[] policyText(SignatureParameters parameters, String resource) {
        String policy = parameters.policy();
        if (policy != null) {
            return UrlSafeBase64.decode(policy);
        }
        return Policy.canned(resource, String.valueOf(parameters.expires())).getBytes(UTF_8);
    }

    /** @param resource of a canned policy, whose text is made of it; null when the parameters hold the text */
    private record Signed(
            SignatureParameters parameters, @Nullable String resource) {}

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
