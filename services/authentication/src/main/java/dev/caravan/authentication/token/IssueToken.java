package dev.caravan.authentication.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.proto.user.User;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Makes the token of a user. */
@Component
public final class IssueToken {

    private final JwtEncoder encoder;
    private final JwsHeader header;
    private final AuthenticationProperties properties;
    private final Clock clock;

    IssueToken(SigningKey key, AuthenticationProperties properties, Clock clock) {
        this.encoder = new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key.key())));
        this.header = JwsHeader.with(SigningKey.ALGORITHM)
                .keyId(key.key().getKeyID())
                .type("JWT")
                .build();
        this.properties = properties;
        this.clock = clock;
    }

    /** @return a compact JWT with the claims id, username, jti, iat, exp, iss and aud */
    public String of(User user) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .issuer(properties.issuer())
                .audience(List.of(properties.audience()))
                .issuedAt(now)
                .expiresAt(now.plus(properties.tokenLifetime()))
                .id(UUID.randomUUID().toString())
                .claim(TokenClaims.USER_ID, user.getId())
                .claim(TokenClaims.USERNAME, user.getName())
                .build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }
}
