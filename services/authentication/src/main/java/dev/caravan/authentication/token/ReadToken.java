package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.authentication.Variables;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
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
 * Reads the Bearer token of a call: typed and signed as ours with one of our keys and our one algorithm, of our issuer, for
 * our audience, not expired. What it says it sets as variables.
 */
@Component
public final class ReadToken implements Processor {

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+) *");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int LONGEST = 4096;
    private static final int LONGEST_ID = 64;

    private final JwtDecoder decoder;
    private final Clock clock;

    ReadToken(SigningKeys keys, AuthenticationProperties properties, Clock clock) {
        this.decoder = decoder(keys, properties);
        this.clock = clock;
    }

    /** The key set has our keys only and the selector our algorithm only: what a token's header asks for is ignored. */
    private static JwtDecoder decoder(SigningKeys keys, AuthenticationProperties properties) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT));
        JWKSource<SecurityContext> source = (selector, context) -> selector.select(keys.published());
        JWSKeySelector<SecurityContext> selector =
                new JWSVerificationKeySelector<>(JWSAlgorithm.parse(SigningKeys.ALGORITHM.getName()), source);
        processor.setJWSKeySelector(
                (header, context) -> header.getKeyID() == null ? List.of() : selector.selectJWSKeys(header, context));
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
        TokenClaims claims = read(bearer.group(1));
        exchange.setVariable(Variables.TOKEN_ID, claims.id());
        exchange.setVariable(Variables.TOKEN_UNTIL, claims.expiresAt().atOffset(ZoneOffset.UTC));
        exchange.setVariable(Variables.USER_ID, claims.userId());
        exchange.setVariable(Variables.SESSION_ID, claims.sessionId());
        exchange.setVariable(Variables.CREDENTIAL_VERSION, claims.credentialVersion());
    }

    /** @throws Fault BAD_TOKEN or TOKEN_EXPIRED */
    TokenClaims read(String token) {
        Jwt jwt = verified(token);
        Instant expiresAt = jwt.getExpiresAt();
        String id = jwt.getId();
        Object session = jwt.getClaim(TokenClaims.SESSION_ID);
        if (expiresAt == null
                || id == null
                || id.isEmpty()
                || id.length() > LONGEST_ID
                || !(session instanceof String sessionId)
                || !UUID.matcher(sessionId).matches()
                || !(jwt.getClaim(TokenClaims.USER_ID) instanceof Long user)
                || user != user.intValue()
                || !(jwt.getClaim(TokenClaims.CREDENTIAL_VERSION) instanceof Long version)
                || version != version.intValue()) {
            throw bad();
        }
        if (!clock.instant().isBefore(expiresAt)) {
            throw Fault.unauthenticated("TOKEN_EXPIRED", "The token has expired; log in again.");
        }
        return new TokenClaims(id, user.intValue(), sessionId, version.intValue(), expiresAt);
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
