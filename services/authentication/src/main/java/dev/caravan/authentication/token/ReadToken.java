package dev.caravan.authentication.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.caravan.authentication.AuthenticationProperties;
import dev.caravan.kernel.Fault;
import dev.caravan.kernel.Headers;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Reads the Bearer token of a call: signed by our key with our one algorithm, of our issuer, for our audience, not
 * expired.
 */
@Component
public final class ReadToken implements Processor {

    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +(\\S+) *");
    private static final int LONGEST = 4096;

    private final DefaultJWTProcessor<SecurityContext> reader = new DefaultJWTProcessor<>();

    ReadToken(SigningKey key, AuthenticationProperties properties, Clock clock) {
        reader.setJWSKeySelector(new JWSVerificationKeySelector<>(
                SigningKey.ALGORITHM, new ImmutableJWKSet<>(new JWKSet(key.publicKey()))));
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        properties.audience(),
                        new JWTClaimsSet.Builder().issuer(properties.issuer()).build(),
                        Set.of("exp", "jti", "id")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(0);
        reader.setJWTClaimsSetVerifier(verifier);
    }

    @Override
    public void process(Exchange exchange) {
        String header = exchange.getMessage().getHeader(Headers.AUTHORIZATION, String.class);
        Matcher bearer = BEARER.matcher(header == null || header.length() > LONGEST ? "" : header);
        if (!bearer.matches()) {
            throw Fault.unauthenticated("NO_TOKEN", "A Bearer token is required.");
        }
        exchange.setProperty(TokenClaims.PROPERTY, read(bearer.group(1)));
    }

    /** @throws Fault BAD_TOKEN or TOKEN_EXPIRED */
    TokenClaims read(String token) {
        try {
            JWTClaimsSet claims = reader.process(token, null);
            Integer user = claims.getIntegerClaim("id");
            if (user == null) {
                throw bad();
            }
            return new TokenClaims(
                    claims.getJWTID(), user, claims.getExpirationTime().toInstant());
        } catch (BadJWTException e) {
            throw "Expired JWT".equals(e.getMessage())
                    ? Fault.unauthenticated("TOKEN_EXPIRED", "The token has expired; log in again.")
                    : bad();
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw bad();
        }
    }

    private static Fault bad() {
        return Fault.unauthenticated("BAD_TOKEN", "The token is not valid.");
    }
}
