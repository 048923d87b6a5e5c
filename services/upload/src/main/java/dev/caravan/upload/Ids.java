package dev.caravan.upload;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of videos and thumbnails. */
public final class Ids {

    private static final Pattern FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private Ids() {}

    /** Empty for what is not written as a UUID in full; Java's own reader takes less. */
    public static Optional<UUID> read(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
