package dev.caravan.upload.imports;

import dev.caravan.kernel.http.client.HttpAnswer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an answer says of a file.
 *
 * @param begins the byte of the file that the body begins with
 * @param length of the whole file in bytes; -1 when it is not known
 * @param validator that tells it from what is there later; null when nothing does
 * @param gzipped whether it is compressed on its way, although that was not asked for
 * @param type as the server says; null when it does not
 */
record Source(
        long begins,
        long length,
        @Nullable String validator,
        boolean gzipped,
        @Nullable String type) {

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Null for an answer that is no file, or of a part that was not asked for. */
    static @Nullable Source of(HttpAnswer answer, long asked) {
        boolean gzipped = "gzip".equalsIgnoreCase(answer.header("Content-Encoding"));
        String type = answer.header("Content-Type");
        if (answer.status() == OK) {
            String length = answer.header("Content-Length");
            boolean known = !gzipped && length != null && NUMBER.matcher(length).matches();
            return new Source(
                    0, known ? Long.parseLong(length) : -1, gzipped ? null : validator(answer), gzipped, type);
        }
        String range = answer.header("Content-Range");
        Matcher parts = RANGE.matcher(range == null ? "" : range);
        if (answer.status() != PARTIAL || gzipped || !parts.matches() || Long.parseLong(parts.group(1)) != asked) {
            return null;
        }
        return new Source(asked, Long.parseLong(parts.group(2)), validator(answer), false, type);
    }

    /** What If-Range takes: a strong ETag, or else a moment. */
    private static @Nullable String validator(HttpAnswer answer) {
        String etag = answer.header("ETag");
        boolean ranges =
                !"none".equals(String.valueOf(answer.header("Accept-Ranges")).toLowerCase(Locale.ROOT));
        if (!ranges) {
            return null;
        }
        return etag != null && etag.startsWith("\"") ? etag : answer.header("Last-Modified");
    }
}
