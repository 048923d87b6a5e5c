package dev.caravan.authentication.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * Reads the Bearer token of a call: signed by our key with our one algorithm, of our issuer, for our audience, not
 * expired.
 */
@Component
public final class ReadToken implements Processor {

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+) *");
    private static final int LONGEST = 4096;

    private final JwtDecoder decoder;
    private final Clock clock;

    ReadToken(SigningKey key, AuthenticationProperties properties, Clock clock) {
        this.decoder = decoder(key, properties);
        this.clock = clock;
    }

    /** The key set has our key only and the selector our algorithm only: what a token's header asks for is ignored. */
    private static JwtDecoder decoder(SigningKey key, AuthenticationProperties properties) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(SigningKey.ALGORITHM.getName()),
                new ImmutableJWKSet<>(new JWKSet(key.publicKey()))));
        // Claims are the validator's, below; expiry is ours, for it has an answer of its own.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        OAuth2TokenValidator<Jwt> validator = new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(properties.audience())));
        decoder.setJwtValidator(validator);
        return decoder;
    }

    @Override
    public void process(Exchange exchange) {
        String header = exchange.getMessage().getHeader(Headers.AUTHORIZATION, "", String.class);
        if (header.length() > LONGEST) {
            throw bad();
        }
        Matcher bearer = BEARER.matcher(header);
        if (!bearer.matches()) {
            throw Fault.unauthenticated("NO_TOKEN", "A Bearer token is required.");
        }
        exchange.setProperty(TokenClaims.PROPERTY, read(bearer.group(1)));
    }

    /** @throws Fault BAD_TOKEN or TOKEN_EXPIRED */
    TokenClaims read(String token) {
        Jwt jwt = verified(token);
        Instant expiresAt = jwt.getExpiresAt();
        String id = jwt.getId();
        if (expiresAt == null
                || id == null
                || !(jwt.getClaim(TokenClaims.USER_ID) instanceof Long user)
                || user != user.intValue()) {
            throw bad();
        }
        if (!clock.instant().isBefore(expiresAt)) {
            throw Fault.unauthenticated("TOKEN_EXPIRED", "The token has expired; log in again.");
        }
        return new TokenClaims(id, user.intValue(), expiresAt);
    }

    private Jwt verified(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtException e) {
            throw bad();
        }
    }

    private static Fault bad() {
        return Fault.unauthenticated("BAD_TOKEN", "The token is not valid.");
    }
}
