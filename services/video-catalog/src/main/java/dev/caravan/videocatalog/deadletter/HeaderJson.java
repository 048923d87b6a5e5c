package dev.caravan.videocatalog.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.kernel.log.Secrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers of AMQP as JSON, always in the same order. Whatever a header holds, there is a text for it; for a secret, that it was
 * one.
 */
final class HeaderJson {

    private static final int DEEPEST = 20;

    private final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    String of(Map<String, ?> headers) {
        try {
            return json.writeValueAsString(plain(headers, 0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts are JSON", e);
        }
    }

    private static @Nullable Object plain(@Nullable Object value, int depth) {
        String text = Texts.text(value);
        if (text != null) {
            return Secrets.masked(text);
        }
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime()).toString();
        }
        if (depth < DEEPEST && value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> {
                String name = Texts.clean(String.valueOf(key));
                entries.put(name, Secrets.isNameOfOne(name) ? Secrets.MASK : plain(entry, depth + 1));
            });
            return entries;
        }
        if (depth < DEEPEST && value instanceof Collection<?> collection) {
            List<@Nullable Object> entries = new ArrayList<>();
            collection.forEach(entry -> entries.add(plain(entry, depth + 1)));
            return entries;
        }
        return value instanceof Map || value instanceof Collection ? "…" : Texts.clean(value.toString());
    }
}
