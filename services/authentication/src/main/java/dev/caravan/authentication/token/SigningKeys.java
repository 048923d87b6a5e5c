package dev.caravan.authentication.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.caravan.authentication.AuthenticationProperties;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.stereotype.Component;

/**
 * The keys that tokens are signed with: P-256, for ES256 and nothing else. They are those of the file at the moment, which
 * other instances and operators change; a file that can't be used leaves the keys as they were.
 */
@Component
public final class SigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

    /** The one algorithm of every token. */
    static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ES256;

    /** Clocks of instances may differ by this. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final KeyFile file;
    private final Clock clock;
    private final Duration longestToken;
    private final Duration announcement;
    private final Duration lifetime;
    private volatile Read current;

    private record Read(KeyFile.Version version, KeyRing ring) {}

    /** @throws IllegalStateException with a sentence for the operator, when the keys are not fit for use */
    SigningKeys(
            AuthenticationProperties properties, Clock clock, @Value("${caravan.production}") boolean inProduction) {
        this.file = new KeyFile(properties.signingKey(), inProduction);
        this.clock = clock;
        this.longestToken = properties.tokenLifetime().plus(SKEW);
        this.announcement = properties.keyAnnouncement();
        this.lifetime = properties.keyLifetime();
        if (announcement.compareTo(RenderKeys.KEPT) <= 0) {
            throw new IllegalStateException("authentication.key-announcement must be longer than " + RenderKeys.KEPT
                    + ", for which others may keep the published keys.");
        }
        Instant now = clock.instant();
        KeyRing ring = file.readOrCreate(() -> KeyRing.make(now, now));
        try {
            this.current = new Read(file.version(), ring);
        } catch (IOException e) {
            throw new IllegalStateException("authentication.signing-key is gone: " + e, e);
        }
    }

    /** With the private part, for the tokens of now: never leaves the service. */
    ECKey signing() {
        return ring().signing(clock.instant());
    }

    /** Without private parts, all that verify or will: for everybody. */
    JWKSet published() {
        List<JWK> keys = new ArrayList<>();
        for (ECKey key : ring().verifying(clock.instant(), longestToken)) {
            keys.add(key.toPublicJWK());
        }
        return new JWKSet(keys);
    }

    /** Whether the newest key is due for a successor. */
    boolean isOutdated() {
        return !lifetime.isZero() && ring().age(clock.instant()).compareTo(lifetime) >= 0;
    }

    /**
     * Adds a key that signs once everybody can know it; none while there is such a one already.
     *
     * @return the key that will sign next
     */
    ECKey rotate() {
        Instant now = clock.instant();
        KeyRing after = file.update(before -> before.announced(now) != null
                ? before
                : before.with(KeyRing.make(now, now.plus(announcement)), now, longestToken));
        LOG.info(
                "Key {} will sign tokens from {} on",
                after.newest().getKeyID(),
                after.newest().getNotBeforeTime());
        return after.newest();
    }

    private KeyRing ring() {
        try {
            KeyFile.Version version = file.version();
            if (!version.equals(current.version())) {
                readAgain(version);
            }
        } catch (IOException e) {
            LOG.debug("The file of the keys is gone; they stay as they are", e);
        }
        return current.ring();
    }

    private synchronized void readAgain(KeyFile.Version version) {
        if (version.equals(current.version())) {
            return;
        }
        try {
            current = new Read(version, file.read());
            LOG.info("The keys of tokens were read again");
        } catch (IllegalStateException e) {
            LOG.error("The keys of tokens stay as they were: {}", e.getMessage());
            current = new Read(version, current.ring());
        }
    }
}
