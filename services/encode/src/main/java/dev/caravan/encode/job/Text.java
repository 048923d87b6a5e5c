package dev.caravan.encode.job;

import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelExchangeException;
import org.jspecify.annotations.Nullable;

/** Text of strangers and of programs, made fit for a database. */
public final class Text {

    private static final int LONGEST_ERROR = 2000;

    private Text() {}

    /** Without zeros, and with a question mark for each half of a character. */
    public static String clean(String text) {
        return new String(text.replace("\0", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What a failure says, for an operator; bounded. */
    public static String of(@Nullable Throwable failure) {
        Throwable told = failure;
        // What a route's split says of it is about the split.
        while (told instanceof CamelExchangeException && told.getCause() != null) {
            told = told.getCause();
        }
        if (told == null) {
            return "unknown";
        }
        String message = told.getMessage() == null ? told.toString() : told.getMessage();
        return clean(message.substring(0, Math.min(LONGEST_ERROR, message.length())));
    }
}
