package dev.caravan.videocatalog.deadletter;

import com.rabbitmq.client.LongString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text out of what others wrote, so that it has a place in the database. */
final class Texts {

    private Texts() {}

    /** A header that is text, without spaces around it and no longer than this; null when there is none. */
    static @Nullable String header(Map<String, Object> headers, String name, int longest) {
        String text = text(headers.get(name));
        return text == null || text.isBlank() ? null : cut(text.strip(), longest);
    }

    /** What is text on the wire; null for all else. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String || value instanceof LongString) {
            return clean(value.toString());
        }
        return value instanceof byte[] bytes ? clean(new String(bytes, StandardCharsets.UTF_8)) : null;
    }

    /** Without the one character that PostgreSQL has no place for. */
    static String clean(String text) {
        return text.replace("\0", "");
    }

    /** Its beginning; never half a character. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
