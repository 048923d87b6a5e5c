package dev.caravan.videocatalog.query;

import org.jspecify.annotations.Nullable;

/**
 * What an answer says of the list that it shows a page of.
 *
 * @param page its number; null when it goes on behind a cursor, and then nothing is counted
 * @param size most that it holds
 * @param total how many there are in the list; null when they were not counted
 * @param exact whether {@code total} is more than an estimate
 * @param cursor what the next page goes on from; empty when there is none
 */
public record Listed(
        @Nullable Integer page, int size, @Nullable Integer total, boolean exact, String cursor) {

    /** The exchange variable that holds it. */
    public static final String VARIABLE = "listed";
}
