package dev.caravan.authentication.token;

import java.time.Instant;

/**
 * What a valid token says.
 *
 * @param id names the token itself
 * @param userId whose it is
 * @param sessionId the session that it was issued in
 * @param credentialVersion the user's when the session began
 * @param expiresAt from then on it is refused
 */
record TokenClaims(String id, int userId, String sessionId, int credentialVersion, Instant expiresAt) {

    static final String USER_ID = "id";
    static final String USERNAME = "username";
    static final String SESSION_ID = "sid";
    static final String CREDENTIAL_VERSION = "cv";
}
