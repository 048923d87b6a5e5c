package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.proto.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the token of a user. */
@Component
public final class IssueToken {

    private final SigningKey key;
    private final AuthenticationProperties properties;
    private final Clock clock;

    IssueToken(SigningKey key, AuthenticationProperties properties, Clock clock) {
        this.key = key;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return a compact JWT with the claims id, username, jti, iat, exp, iss and aud */
    public String of(User user) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(properties.issuer())
                .audience(properties.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(properties.tokenLifetime())))
                .jwtID(UUID.randomUUID().toString())
                .claim("id", user.getId())
                .claim("username", user.getName())
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(SigningKey.ALGORITHM)
                        .keyID(key.key().getKeyID())
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new ECDSASigner(key.key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key does not sign", e);
        }
        return token.serialize();
    }
}
