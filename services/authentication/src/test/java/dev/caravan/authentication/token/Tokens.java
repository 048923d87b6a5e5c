package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.MovingClock;
import dev.caravan.authentication.session.Grant;
import dev.caravan.proto.user.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** A service's keys, and tokens that only a forger or a mistake would make. */
final class Tokens {

    static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");
    static final String SESSION = "3b0c8f8e-6a1c-4f64-9a7e-1f2d3c4b5a69";

    final MovingClock clock = new MovingClock(NOW);
    final AuthenticationProperties properties;
    final SigningKeys keys;

    Tokens(Path folder) {
        this(folder, false);
    }

    Tokens(Path folder, boolean inProduction) {
        properties = properties(folder.resolve("key.json"));
        keys = new SigningKeys(properties, clock, inProduction);
    }

    static AuthenticationProperties properties(Path file) {
        return new AuthenticationProperties(
                file,
                Duration.ofMinutes(10),
                Duration.ofDays(90),
                Duration.ofSeconds(3600),
                "caravan",
                "caravan",
                Duration.ofDays(30),
                Duration.ofDays(7),
                3000);
    }

    /** As the service issues it at the clock's time. */
    String issued(User user) {
        Instant now = clock.instant();
        return new IssueToken(keys, properties).of(user, new Grant(SESSION, 3, "refresh", now, now.plusSeconds(3600)));
    }

    ReadToken readToken() {
        return new ReadToken(keys, properties, clock);
    }

    /** What is right in every way. */
    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("caravan")
                .audience("caravan")
                .jwtID("some-id")
                .claim("id", 7)
                .claim("username", "Ann")
                .claim("sid", SESSION)
                .claim("cv", 3)
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header(JWSAlgorithm.ES256).build(), claims);
    }

    /** By the service's own key. */
    String signed(JWSHeader header, JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header, claims, new ECDSASigner(keys.signing()));
    }

    JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(keys.signing().getKeyID()).type(JOSEObjectType.JWT);
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
