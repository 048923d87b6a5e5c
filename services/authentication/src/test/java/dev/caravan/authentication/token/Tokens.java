package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.authentication.AuthenticationProperties;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;

/** A service's key, and tokens that only a forger or a mistake would make. */
final class Tokens {

    static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

    final AuthenticationProperties properties;
    final SigningKey key;

    Tokens(Path folder) {
        properties = new AuthenticationProperties(
                folder.resolve("key.json"), Duration.ofSeconds(3600), "caravan", "caravan");
        key = new SigningKey(properties);
    }

    IssueToken issueToken() {
        return new IssueToken(key, properties, clock(NOW));
    }

    ReadToken readToken(Instant at) {
        return new ReadToken(key, properties, clock(at));
    }

    private static Clock clock(Instant at) {
        return Clock.fixed(at, ZoneOffset.UTC);
    }

    /** What is right in every way. */
    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("caravan")
                .audience("caravan")
                .jwtID("some-id")
                .claim("id", 7)
                .claim("username", "Ann")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(header(JWSAlgorithm.ES256), claims, new ECDSASigner(key.key()));
    }

    JWSHeader header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(key.key().getKeyID()).build();
    }

    static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }
}
