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
 * @param validator that tells it from what is there later, and If-Range takes; null when nothing does
 * @param type as the server says; null when it does not
 */
record Source(
        long begins,
        long length,
        @Nullable String validator,
        @Nullable String type) {

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern STRONG_ETAG = Pattern.compile("\"[ -~]*\"");
    private static final Pattern MOMENT = Pattern.compile("[A-Za-z0-9 ,:+-]+");

    /** Of an answer to a question for all of a file; null for one that is no file. */
    static @Nullable Source whole(HttpAnswer answer) {
        if (answer.status() != OK) {
            return null;
        }
        String length = answer.header("Content-Length");
        boolean known = length != null && NUMBER.matcher(length).matches();
        return new Source(0, known ? Long.parseLong(length) : -1, validator(answer), answer.header("Content-Type"));
    }

    /**
     * Of an answer to a question for the rest of a file; null when it is not the rest of the same.
     *
     * @param asked the first byte
     * @param length of the file before; -1 when it was not known
     */
    static @Nullable Source rest(HttpAnswer answer, long asked, String validator, long length) {
        if (answer.status() != PARTIAL) {
            return whole(answer);
        }
        String range = answer.header("Content-Range");
        Matcher parts = RANGE.matcher(range == null ? "" : range);
        if (!parts.matches() || Long.parseLong(parts.group(1)) != asked) {
            return null;
        }
        long total = Long.parseLong(parts.group(2));
        String now = validator(answer);
        // What it said before may be left out.
        boolean same = now == null || now.equals(validator) || isTag(now) != isTag(validator);
        if (!same || total <= asked || length >= 0 && total != length) {
            return null;
        }
        return new Source(asked, total, validator, answer.header("Content-Type"));
    }

    private static boolean isTag(String validator) {
        return validator.startsWith("\"");
    }

    private static @Nullable String validator(HttpAnswer answer) {
        if ("none".equals(String.valueOf(answer.header("Accept-Ranges")).toLowerCase(Locale.ROOT))) {
            return null;
        }
        String etag = answer.header("ETag");
        if (etag != null && STRONG_ETAG.matcher(etag).matches()) {
            return etag;
        }
        String moment = answer.header("Last-Modified");
        return moment != null && MOMENT.matcher(moment).matches() ? moment : null;
    }
}
