package dev.caravan.cdnedge.origin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Range header, of which one range of bytes is served; anything else means the whole object, as HTTP allows. */
final class ByteRange {

    private static final Pattern SINGLE = Pattern.compile("(?i:bytes)=(?:(\\d+)-(\\d*)|-(\\d+))");

    /** No object is as long, and the object store reads the number. */
    private static final String BEYOND = "9".repeat(18);

    private ByteRange() {}

    /** Returns what to ask the object store for, or null for the whole object. */
    static @Nullable String single(@Nullable String header) {
        Matcher range = SINGLE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return null;
        }
        if (range.group(3) != null) {
            return "bytes=-" + bounded(range.group(3));
        }
        String first = bounded(range.group(1));
        String last = range.group(2).isEmpty() ? "" : bounded(range.group(2));
        boolean backwards = !last.isEmpty() && Long.parseLong(first) > Long.parseLong(last);
        return backwards ? null : "bytes=" + first + "-" + last;
    }

    /**
     * Returns what of an object of this length a range is that {@link #single} returned, or null when it is beyond the
     * object's end.
     */
    static @Nullable Span within(String range, long length) {
        String bytes = range.substring(range.indexOf('=') + 1);
        int dash = bytes.indexOf('-');
        String last = bytes.substring(dash + 1);
        if (dash == 0) {
            long count = Math.min(Long.parseLong(last), length);
            return count == 0 ? null : new Span(length - count, length);
        }
        long first = Long.parseLong(bytes.substring(0, dash));
        long end = last.isEmpty() ? length : Math.min(Long.parseLong(last) + 1, length);
        return first >= length ? null : new Span(first, end);
    }

    /** @param end the first byte that is not part of it */
    record Span(long start, long end) {

        String contentRange(long length) {
            return "bytes " + start + "-" + (end - 1) + "/" + length;
        }
    }

    private static String bounded(String digits) {
        String number = digits.replaceFirst("^0+(?=\\d)", "");
        return number.length() > BEYOND.length() ? BEYOND : number;
    }
}
