package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the service at one time, the one that signs first at the beginning. A key signs from its {@code nbf} on
 * until that of the next one has come, and is good for verifying until the last token has expired that it signed.
 *
 * @param keys at least one, each of P-256 with its private part, in the order in which they sign
 */
record KeyRing(List<ECKey> keys) {

    KeyRing(List<ECKey> keys) {
        this.keys =
                keys.stream().sorted(Comparator.comparing(KeyRing::notBefore)).toList();
    }

    /** A key that signs from then on; its id is its thumbprint (RFC 7638). */
    static ECKey make(Instant now, Instant notBefore) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(now))
                    .notBeforeTime(Date.from(notBefore))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java makes keys of P-256", e);
        }
    }

    /**
     * A key as an operator may have made it, with what is ours to say.
     *
     * @throws JOSEException when it is no private key of P-256
     */
    static ECKey checked(JWK jwk) throws JOSEException {
        if (!(jwk instanceof ECKey key) || !key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
            throw new JOSEException("each key must be a private one on the curve P-256");
        }
        return new ECKey.Builder(key)
                .keyIDFromThumbprint()
                .algorithm(JWSAlgorithm.ES256)
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    /** The newest whose time has come; the oldest when the clock says that none's has. */
    ECKey signing(Instant now) {
        ECKey signing = keys.get(0);
        for (ECKey key : keys) {
            if (!notBefore(key).isAfter(now)) {
                signing = key;
            }
        }
        return signing;
    }

    /** Those that a token that is still valid may be signed with, or will be. */
    List<ECKey> verifying(Instant now, Duration longestToken) {
        List<ECKey> verifying = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean superseded = i + 1 < keys.size()
                    && !notBefore(keys.get(i + 1)).plus(longestToken).isAfter(now);
            if (!superseded) {
                verifying.add(keys.get(i));
            }
        }
        return verifying;
    }

    /** The one that is made known and does not sign yet, or null. */
    @Nullable
    ECKey announced(Instant now) {
        ECKey newest = newest();
        return notBefore(newest).isAfter(now) ? newest : null;
    }

    ECKey newest() {
        return keys.get(keys.size() - 1);
    }

    /** How long ago the newest was made; one that does not say so was very long ago. */
    Duration age(Instant now) {
        Date made = newest().getIssueTime();
        return Duration.between(made == null ? notBefore(newest()) : made.toInstant(), now);
    }

    /** This with a further key, without those that are of no use any more. */
    KeyRing with(ECKey key, Instant now, Duration longestToken) {
        List<ECKey> all = new ArrayList<>(verifying(now, longestToken));
        all.add(key);
        return new KeyRing(all);
    }

    private static Instant notBefore(ECKey key) {
        Date notBefore = key.getNotBeforeTime() == null ? key.getIssueTime() : key.getNotBeforeTime();
        return notBefore == null ? Instant.EPOCH : notBefore.toInstant();
    }
}
