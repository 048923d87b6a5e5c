package dev.caravan.user.request;

/** Names of exchange variables: what stays within a route and never travels. */
public final class Variables {

    /** Id of the caller, or of the user that is looked for. */
    public static final String USER_ID = "user_id";

    /** Id of the administrator who asks about another user. */
    public static final String CALLER = "caller";

    /** Most users of a page. */
    public static final String SIZE = "size";

    /** The plain password that is to be hashed, or verified. */
    public static final String PASSWORD = "password";

    /** The plain password that a caller who wants another must know. */
    public static final String CURRENT_PASSWORD = "current_password";

    /** The email that an account is to have, as it was typed. */
    public static final String EMAIL = "email";

    /** What makes two spellings of it the same. */
    public static final String EMAIL_KEY = "email_key";

    /** The hash that is to be stored. */
    public static final String NEW_PASSWORD_HASH = "new_password_hash";

    /** True when a verified password's hash is of an older make. */
    public static final String HASH_OUTDATED = "hash_outdated";

    private Variables() {}
}
