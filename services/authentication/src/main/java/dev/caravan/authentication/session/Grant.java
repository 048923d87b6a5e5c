package dev.caravan.authentication.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * What a user gets who logs in or refreshes.
 *
 * @param sessionId claim {@code sid}
 * @param credentialVersion claim {@code cv}
 * @param refreshToken for the next refresh; nobody but the user gets to know it
 * @param issuedAt claim {@code iat}
 * @param tokenExpiresAt claim {@code exp}, in whole seconds
 */
public record Grant(
        String sessionId, int credentialVersion, String refreshToken, Instant issuedAt, Instant tokenExpiresAt) {

    private static final String PROPERTY = "grant";

    /** Of this exchange, once {@code mintSession} or {@code mintRefreshToken} has run. */
    public static Grant of(Exchange exchange) {
        return Objects.requireNonNull(exchange.getProperty(PROPERTY, Grant.class), PROPERTY);
    }

    void keep(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** Seconds until the access token expires. */
    public int expiresIn() {
        return (int) Duration.between(issuedAt, tokenExpiresAt).toSeconds();
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "Grant[sessionId=" + sessionId + "]";
    }
}
