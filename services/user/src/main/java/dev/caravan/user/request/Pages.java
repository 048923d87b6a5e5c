package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Which part of a list is asked for, whose cursor is the id that was shown last; the lists go down from there. */
final class Pages {

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;

    /** There are no larger ids. */
    private static final Pattern CURSOR = Pattern.compile("[1-9][0-9]{0,8}|1[0-9]{9}");

    private Pages() {}

    static void check(FieldErrors errors, int size, String cursor) {
        if (size < 0) {
            errors.add("size", "size must be at least 1");
        } else if (size > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
            errors.add("cursor", "cursor must be one that a list answered");
        }
    }

    static void into(Exchange exchange, int size, String cursor) {
        exchange.setVariable("after", cursor.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cursor));
        exchange.setVariable(Variables.SIZE, size == 0 ? USUAL_SIZE : size);
    }
}
