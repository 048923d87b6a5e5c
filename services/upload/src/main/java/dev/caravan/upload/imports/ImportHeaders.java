package dev.caravan.upload.imports;

/** Exchange headers of the routes and SQL of imports, beside those of the resumable upload that each is. */
final class ImportHeaders {

    /** Which run of the import this is, a {@link java.util.UUID}. */
    static final String CLAIM = "claim";

    /** All that run in this instance, as an array for SQL; null for none. */
    static final String CLAIMS = "claims";

    /** Where the video is, as its owner says, a {@link String}. */
    static final String URL = "url";

    /** Tells this very file from what is there later, ETag or Last-Modified; null when nothing does. */
    static final String VALIDATOR = "validator";

    /** Whether its server says how long it is, a {@link Boolean}. */
    static final String LENGTH_KNOWN = "lengthKnown";

    /** Whether what was fetched before is no beginning of what comes now, a {@link Boolean}. */
    static final String ANEW = "anew";

    /** What went wrong, for programs. */
    static final String CODE = "code";

    /** The same, for people. */
    static final String REASON = "reason";

    /** Of the server's answer when it was no file, an {@link Integer}; not there otherwise. */
    static final String STATUS = "status";

    /** Of what came, as its server says; null when it does not. */
    static final String TYPE = "sourceType";

    /** In how many seconds the server wants to be asked again, an {@link Integer}; 0 when it does not say. */
    static final String RETRY_AFTER = "retryAfter";

    private ImportHeaders() {}
}
