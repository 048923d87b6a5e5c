package dev.caravan.videocatalog.query;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
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

    /** Tells it to an answer, whose fields these set; what is null stays unset. */
    public void into(
            IntConsumer setPage,
            IntConsumer setSize,
            IntConsumer setTotal,
            Consumer<Boolean> setTotalExact,
            Consumer<String> setCursor) {
        setSize.accept(size);
        setCursor.accept(cursor);
        if (page != null) {
            setPage.accept(page);
        }
        if (total != null) {
            setTotal.accept(total);
            setTotalExact.accept(exact);
        }
    }
}
