package dev.caravan.cdnedge.origin;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Range header, of which one range of bytes is served; anything else means the whole object, as HTTP allows. */
final class ByteRange {

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{1,18}-(\\d{1,18})?|-\\d{1,18})");

    private ByteRange() {}

    /** Returns what to ask the object store for, or null for the whole object. */
    static @Nullable String single(@Nullable String header) {
        if (header == null || !SINGLE.matcher(header).matches()) {
            return null;
        }
        int dash = header.indexOf('-');
        String first = header.substring("bytes=".length(), dash);
        String last = header.substring(dash + 1);
        boolean backwards = !first.isEmpty() && !last.isEmpty() && Long.parseLong(first) > Long.parseLong(last);
        return backwards ? null : header;
    }
}
