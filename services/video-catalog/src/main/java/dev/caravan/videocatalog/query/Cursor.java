package dev.caravan.videocatalog.query;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on that is ordered by time and id, or by tier before these. Whoever gets one is to send it back and not
 * to read it.
 *
 * @param tier of the last one shown, 0 for the most relevant; null where the list has none
 * @param time of it, as exact as the database has it
 * @param id of it
 */
record Cursor(@Nullable Integer tier, Instant time, long id) {

    /** What is found in it is the least relevant. */
    static final int LAST_TIER = 2;

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
            String[] parts = plain.split(" ", -1);
            if (parts.length < 2 || parts.length > 3) {
                return null;
            }
            Instant time = Instant.parse(parts[0]);
            Integer tier = parts.length == 2 ? null : Integer.valueOf(parts[2]);
            boolean outside =
                    time.isBefore(EARLIEST) || time.isAfter(LATEST) || tier != null && (tier < 0 || tier > LAST_TIER);
            return outside ? null : new Cursor(tier, time, Long.parseLong(parts[1]));
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        String plain = time + " " + id + (tier == null ? "" : " " + tier);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }
}
