package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import java.util.Map;
import org.apache.camel.Exchange;

/** A part of a list. */
record Page(int number, int size) {

    private static final int USUAL_SIZE = 20;
    private static final int LARGEST = 100;

    /** Checks what a request asks for; 0, which proto3 has for an absent number, stands for the usual. */
    static Page of(int number, int size, FieldErrors errors) {
        if (number < 0) {
            errors.add("page", "page must be at least 1");
        }
        if (size < 0) {
            errors.add("size", "size must be at least 1");
        } else if (size > LARGEST) {
            errors.add("size", "size must be at most " + LARGEST);
        }
        return new Page(number == 0 ? 1 : number, size == 0 ? USUAL_SIZE : size);
    }

    /** Adds the statement's parameters, and notes for the answer which part it is. */
    void into(Map<String, Object> parameters, Exchange exchange) {
        parameters.put("size", size);
        parameters.put("offset", (long) size * (number - 1));
        exchange.setVariable("page", number);
        exchange.setVariable("size", size);
    }
}
