package dev.caravan.authentication.blacklist;

import java.util.Locale;

/** What Redis says of a token. */
enum TokenStatus {

    /** It was revoked. */
    REVOKED,

    /** It was not, and Redis would know. */
    VALID,

    /** Redis does not know of it, and may not know all. */
    UNKNOWN;

    /** As routes write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
