package dev.caravan.videocatalog.manifest;

import java.util.regex.Pattern;

/** A URL in a manifest, as it is written there. */
final class Reference {

    /** An absolute URL, or one that begins at the server or leaves the folder. */
    private static final Pattern ELSEWHERE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:.*|(.*/)?\\.\\.(/.*)?");

    private Reference() {}

    /**
     * The reference with the query, if it names a file of the manifest's folder. What is elsewhere is left as it is: the
     * query does not open it, and another server must not see it. A folder is no file: its query would reach none.
     */
    static String sign(String reference, String query) {
        if (reference.isEmpty()
                || reference.endsWith("/")
                || ELSEWHERE.matcher(reference).matches()) {
            return reference;
        }
        return reference + (reference.indexOf('?') < 0 ? "?" : "&") + query;
    }
}
