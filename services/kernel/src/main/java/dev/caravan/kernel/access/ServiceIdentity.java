package dev.caravan.kernel.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.kernel.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows other services that this one belongs to the platform, and finds out whether a caller does: by a token (JWT, HS256)
 * of a minute, signed with a key that all services share.
 *
 * <p>Without a key nothing is shown and everybody is let in: for services of another make that know no such tokens.
 */
public final class ServiceIdentity {

    /** The reason of the fault for a caller who is none. */
    public static final String NOT_A_SERVICE = "NOT_A_SERVICE";

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration RENEWAL = Duration.ofSeconds(30);
    /** Clocks of two machines may differ by this. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final String AUDIENCE = "caravan-services";
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
    private static final int REMEMBERED = 64;

    private final String service;
    private final byte @Nullable [] key;
    private final Clock clock;
    private final Map<String, Instant> verified = new ConcurrentHashMap<>();
    private volatile Minted current = new Minted("", Instant.MIN);

    private record Minted(String token, Instant renewAt) {}

    /**
     * @param service its name, for logs of those whom it calls
     * @param key what all services share; empty for none
     */
    public ServiceIdentity(String service, String key, Clock clock) {
        this.service = service;
        this.key = key.isBlank() ? null : sha256(key);
        this.clock = clock;
    }

    /** For services that show nothing and ask for nothing. */
    public static ServiceIdentity none() {
        return new ServiceIdentity("", "", Clock.systemUTC());
    }

    /** What to send along with a call; null when there is no key. */
    public @Nullable String token() {
        if (key == null) {
            return null;
        }
        Minted minted = current;
        if (clock.instant().isBefore(minted.renewAt)) {
            return minted.token;
        }
        Minted renewed = mint(key);
        current = renewed;
        return renewed.token;
    }

    /**
     * Lets a call pass whose token a service of the platform made.
     *
     * @throws Fault UNAUTHENTICATED for a missing or forged one, UNAVAILABLE for one that has expired
     */
    public void check(@Nullable String token) {
        if (key == null) {
            return;
        }
        Instant expiry = token == null ? null : verified.get(token);
        if (expiry == null) {
            expiry = verify(key, token);
            if (verified.size() >= REMEMBERED) {
                verified.clear();
            }
            verified.put(String.valueOf(token), expiry);
        }
        if (clock.instant().isAfter(expiry.plus(SKEW))) {
            // One of ours, so not an intruder but a clock; its caller can only wait for it to be set right.
            throw Fault.unavailable("CLOCKS_DIFFER", "A part of the platform is not available at the moment.");
        }
    }

    private Minted mint(byte[] secret) {
        Instant now = clock.instant();
        SignedJWT jwt = new SignedJWT(
                HEADER,
                new JWTClaimsSet.Builder()
                        .issuer(service)
                        .audience(AUDIENCE)
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build());
        try {
            jwt.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of 256 bits signs", e);
        }
        return new Minted(jwt.serialize(), now.plus(RENEWAL));
    }

    private static Instant verify(byte[] secret, @Nullable String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(String.valueOf(token));
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    && jwt.verify(new MACVerifier(secret))
                    && claims.getAudience().contains(AUDIENCE)
                    && claims.getExpirationTime() != null) {
                return claims.getExpirationTime().toInstant();
            }
        } catch (ParseException | JOSEException e) {
            // Told below, as for a forged one.
        }
        throw refused();
    }

    private static Fault refused() {
        return Fault.unauthenticated(NOT_A_SERVICE, "Only services of the platform may call this.");
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
