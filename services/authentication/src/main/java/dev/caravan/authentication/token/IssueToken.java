package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.session.Grant;
import dev.caravan.proto.user.User;
import java.util.Date;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the access token of a user. */
@Component
public final class IssueToken {

    private final SigningKeys keys;
    private final AuthenticationProperties properties;

    IssueToken(SigningKeys keys, AuthenticationProperties properties) {
        this.keys = keys;
        this.properties = properties;
    }

    /** @return a compact JWT with the claims id, username, sid, cv, jti, iat, exp, iss and aud */
    public String of(User user, Grant grant) {
        ECKey key = keys.signing();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.getKeyID())
                .type(JOSEObjectType.JWT)
                .build();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(properties.issuer())
                .audience(properties.audience())
                .issueTime(Date.from(grant.issuedAt()))
                .expirationTime(Date.from(grant.tokenExpiresAt()))
                .jwtID(UUID.randomUUID().toString())
                .claim(TokenClaims.USER_ID, user.getId())
                .claim(TokenClaims.USERNAME, user.getName())
                .claim(TokenClaims.SESSION_ID, grant.sessionId())
                .claim(TokenClaims.CREDENTIAL_VERSION, grant.credentialVersion())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("a key of P-256 signs", e);
        }
        return token.serialize();
    }
}
