package dev.caravan.authentication;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What of the service is configured in {@code config/authentication.yaml}.
 *
 * @param signingKey file of the private key, a JWK; made when it is missing
 * @param tokenLifetime from issue to expiry
 * @param issuer claim {@code iss} of every token; a token of another issuer is refused
 * @param audience claim {@code aud}, likewise
 */
@ConfigurationProperties("authentication")
public record AuthenticationProperties(Path signingKey, Duration tokenLifetime, String issuer, String audience) {}
