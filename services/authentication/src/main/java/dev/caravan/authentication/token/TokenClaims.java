package dev.caravan.authentication.token;

import java.time.Instant;

/**
 * What a valid token says.
 *
 * @param id names the token itself
 * @param userId whose it is
 * @param expiresAt from then on it is refused
 */
public record TokenClaims(String id, int userId, Instant expiresAt) {

    static final String USER_ID = "id";
    static final String USERNAME = "username";

    /** Exchange property that has it once {@code readToken} has run. */
    public static final String PROPERTY = "token";
}
