package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.FieldErrors;

/**
 * What JSON can say and nobody can keep: NUL, which PostgreSQL has not, half a surrogate pair, which is no character, and
 * numbers beyond all numbers.
 */
final class Unreadable {

    private Unreadable() {}

    /** Adds a sentence for each such value in a field of {@code object}, however deep. */
    static void check(JsonNode object, FieldErrors errors) {
        object.properties().forEach(field -> check(field.getKey(), field.getValue(), errors));
    }

    private static void check(String field, JsonNode value, FieldErrors errors) {
        errors.text(field, value.textValue());
        if (value.isFloatingPointNumber() && Double.isInfinite(value.doubleValue())) {
            errors.add(field, field + " is not valid");
        }
        value.forEach(element -> check(field, element, errors));
    }
}
