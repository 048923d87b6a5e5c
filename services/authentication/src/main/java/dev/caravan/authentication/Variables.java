package dev.caravan.authentication;

/** Names of exchange variables: what statements take and routes decide by. None of them travels. */
public final class Variables {

    /** Whose token or session it is. */
    public static final String USER_ID = "user_id";

    /** What the user's credential version was when the session began. */
    public static final String CREDENTIAL_VERSION = "credential_version";

    /** Id of the session, as text. */
    public static final String SESSION_ID = "session_id";

    /** When the session ends, however busy it is. */
    public static final String SESSION_EXPIRES_AT = "session_expires_at";

    /** Id of the access token at hand. */
    public static final String TOKEN_ID = "token_id";

    /** When the access token at hand expires. */
    public static final String TOKEN_UNTIL = "token_until";

    /** When the access token expires that is about to be issued. */
    public static final String TOKEN_EXPIRES_AT = "token_expires_at";

    /** SHA-256, in hexadecimal, of the refresh token at hand. */
    public static final String REFRESH_HASH = "refresh_hash";

    /** What makes its successor out of it; null once that is not given any more. */
    public static final String SALT = "salt";

    /** SHA-256, in hexadecimal, of the one that takes its place. */
    public static final String NEW_REFRESH_HASH = "new_refresh_hash";

    /** When the refresh token expires that is about to be issued. */
    public static final String REFRESH_EXPIRES_AT = "refresh_expires_at";

    /** IP address of the client; empty when it is not known. */
    public static final String CLIENT_ADDRESS = "client_address";

    /** What the client is, in short; empty when it does not say. */
    public static final String CLIENT_AGENT = "client_agent";

    /** The session that its user wants ended, in the place of the one of his token. */
    public static final String ENDED_SESSION_ID = "ended_session_id";

    /** What attempts are counted by in place of the client's address; empty when it is not known. */
    public static final String ADDRESS = "address";

    /** SHA-256, in hexadecimal, of the email of a login or registration. */
    public static final String ACCOUNT = "account";

    /** A row when the account has logged in from the address before, or null. */
    public static final String KNOWN_ADDRESS = "known_address";

    /** Logins before that do not count for that. */
    public static final String KNOWN_SINCE = "known_since";

    /** What Redis knows of the token: revoked, valid or unknown. */
    public static final String TOKEN_STATUS = "tokenStatus";

    /** Milliseconds to wait until nobody trusts a Redis that lacks a revocation. */
    public static final String MARKER_REST = "marker_rest";

    /** Whether Redis needs all revocations. */
    public static final String REFILL = "refill";

    /** Whether the newest key needs a successor. */
    public static final String KEYS_OUTDATED = "keys_outdated";

    private Variables() {}
}
