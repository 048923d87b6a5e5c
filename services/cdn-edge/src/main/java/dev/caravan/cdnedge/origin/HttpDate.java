package dev.caravan.cdnedge.origin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as HTTP headers have them, to the second. */
final class HttpDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    static String format(Instant time) {
        return FORMAT.format(time);
    }

    /** Returns null for what is no date; HTTP has such conditions ignored. */
    static @Nullable Instant parse(@Nullable String text) {
        try {
            return text == null ? null : Instant.from(FORMAT.parse(text));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
