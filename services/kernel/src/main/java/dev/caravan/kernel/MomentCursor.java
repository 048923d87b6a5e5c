package dev.caravan.kernel;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on that is ordered by moment and id. Whoever gets one is to send it back and not to read it.
 *
 * @param time of what was shown last, as exact as the database has it
 * @param id of it
 */
public record MomentCursor(Instant time, UUID id) {

    private static final int LONGEST = 100;
    /** Of years with four digits: what the database reads as it is written here. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @return null for a text that is none */
    public static @Nullable MomentCursor parse(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            Instant time = Instant.parse(parts[0]);
            boolean outside = time.isBefore(EARLIEST) || time.isAfter(LATEST);
            return parts.length != 2 || outside ? null : new MomentCursor(time, UUID.fromString(parts[1]));
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
