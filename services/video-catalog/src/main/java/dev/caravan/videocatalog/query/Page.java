package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list: one by its number, or the one behind a video that was shown last.
 *
 * @param number from 1
 * @param size most that it holds
 * @param after what it goes on behind; null to begin at {@code number}
 * @param order of the list
 */
record Page(int number, int size, @Nullable Cursor after, Order order) {

    /** The exchange variable that holds it. */
    static final String VARIABLE = "page";

    /** Further than this a list is read by its cursor alone; and up to so many are counted. */
    private static final int FURTHEST = 10_000;

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;

    /** Checks what a request asks for of a list that is always in the order of {@link Order#NEWEST}. */
    static Page of(int number, int size, String cursor, FieldErrors errors) {
        return of(number, size, cursor, Order.NEWEST, errors);
    }

    /**
     * Checks what a request asks for.
     *
     * @param number 0, which proto3 has for an absent number, stands for the usual
     * @param size likewise
     * @param cursor empty for none
     * @param order null for that of the cursor, and without one for {@link Order#RELEVANCE}
     */
    static Page of(int number, int size, String cursor, @Nullable Order order, FieldErrors errors) {
        if (number < 0) {
            errors.add("page", "page must be at least 1");
        }
        if (size < 0) {
            errors.add("size", "size must be at least 1");
        } else if (size > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        Cursor after = cursor.isEmpty() ? null : Cursor.parse(cursor);
        if (!cursor.isEmpty() && after == null) {
            errors.add("cursor", "cursor must be one that a list answered");
        }
        if (after != null && number > 0) {
            errors.add("page", "page and cursor exclude each other");
        }
        Order own = after != null && after.tier() == null ? Order.NEWEST : Order.RELEVANCE;
        if (after != null && order != null && order != own) {
            errors.add("cursor", "cursor must be one that a list in the same order answered");
        }
        Page page =
                new Page(number == 0 ? 1 : number, size == 0 ? USUAL_SIZE : size, after, order == null ? own : order);
        if (page.offset() + page.size > FURTHEST) {
            errors.add("page", "page must end within the first " + FURTHEST + "; cursor goes on from there");
        }
        return page;
    }

    private long offset() {
        return (long) size * (number - 1);
    }

    /** Adds the statement's parameters, and is kept for what comes of them. */
    void into(Map<String, Object> parameters, Exchange exchange) {
        parameters.put("size", size);
        parameters.put("offset", offset());
        parameters.put("continued", after != null);
        parameters.put("after", after == null ? "infinity" : after.time().toString());
        parameters.put("after_id", after == null ? 0L : after.id());
        parameters.put("ranked", order == Order.RELEVANCE);
        parameters.put("after_tier", order == Order.NEWEST ? Cursor.LAST_TIER : after == null ? 0 : after.tier());
        parameters.put("counted", FURTHEST);
        exchange.setVariable(VARIABLE, this);
    }
}
