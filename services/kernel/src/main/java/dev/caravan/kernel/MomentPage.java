package dev.caravan.kernel;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** A part of a list that is ordered by moment and id, the newest first, and goes on by a {@link MomentCursor}. */
public final class MomentPage {

    /** The exchange variable with the most that it holds. */
    public static final String SIZE = "size";

    /** Those with the moment and the id that it goes on behind. */
    private static final String AFTER = "after";

    private static final String AFTER_ID = "after_id";

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;
    private static final String END = "infinity";
    private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

    private MomentPage() {}

    /**
     * Sets the exchange's variables for the statement.
     *
     * @param size 0, which proto3 has for an absent number, stands for the usual
     * @param cursor empty for the first page
     * @throws Fault INVALID_FIELDS for what is no part of a list
     */
    public static void into(Exchange exchange, int size, String cursor) {
        MomentCursor after = cursor.isEmpty() ? null : MomentCursor.parse(cursor);
        FieldErrors errors = new FieldErrors();
        if (size < 0) {
            errors.add("size", "size must be at least 1");
        } else if (size > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        if (!cursor.isEmpty() && after == null) {
            errors.add("cursor", "cursor must be one that a list answered");
        }
        errors.orThrow();
        exchange.setVariable(SIZE, size == 0 ? USUAL_SIZE : size);
        exchange.setVariable(AFTER, after == null ? END : after.time().toString());
        exchange.setVariable(AFTER_ID, after == null ? LAST_ID : after.id().toString());
    }

    /**
     * What asks for the next page; empty when this is the last.
     *
     * @param rows one more than the page holds when there is a next one, each with its {@code created_at}
     * @param id the column of the id
     */
    public static String next(List<Map<String, @Nullable Object>> rows, int size, String id) {
        if (rows.size() <= size) {
            return "";
        }
        Map<String, @Nullable Object> last = rows.get(size - 1);
        Timestamp moment = Objects.requireNonNull((Timestamp) last.get("created_at"));
        return new MomentCursor(moment.toInstant(), UUID.fromString(String.valueOf(last.get(id)))).toString();
    }
}
