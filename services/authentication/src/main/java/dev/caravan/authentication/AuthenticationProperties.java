package dev.caravan.authentication;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What of the service is configured in {@code config/authentication.yaml}.
 *
 * @param signingKey file of the private keys, a JWK set
 * @param keyAnnouncement from the making of a key to its first signature
 * @param keyLifetime age at which the newest key gets a successor; zero for never
 * @param tokenLifetime of an access token, from issue to expiry
 * @param issuer claim {@code iss} of every token; a token of another issuer is refused
 * @param audience claim {@code aud}, likewise
 * @param sessionLifetime from login to the end of the session
 * @param refreshLifetime of a refresh token
 * @param markerLifetime milliseconds for which Redis is trusted after a look at the database
 */
@ConfigurationProperties("authentication")
public record AuthenticationProperties(
        Path signingKey,
        Duration keyAnnouncement,
        Duration keyLifetime,
        Duration tokenLifetime,
        String issuer,
        String audience,
        Duration sessionLifetime,
        Duration refreshLifetime,
        long markerLifetime) {}
