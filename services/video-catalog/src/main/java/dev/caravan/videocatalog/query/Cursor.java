package dev.caravan.videocatalog.query;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list that is ordered by time and id goes on. Whoever gets one is to send it back and not to read it.
 *
 * @param time of the last one shown, as exact as the database has it
 * @param id of it
 */
record Cursor(Instant time, long id) {

    private static final int LONGEST = 100;
    /** Of years with four digits: what the database reads as it is written here. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @return null for a text that is none */
    static @Nullable Cursor parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            if (space < 0) {
                return null;
            }
            Instant time = Instant.parse(plain.substring(0, space));
            return time.isBefore(EARLIEST) || time.isAfter(LATEST)
                    ? null
                    : new Cursor(time, Long.parseLong(plain.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time + " " + id).getBytes(StandardCharsets.UTF_8));
    }
}
