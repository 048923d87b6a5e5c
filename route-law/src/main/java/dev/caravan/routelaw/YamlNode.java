package dev.caravan.routelaw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A value in a YAML file that knows the line it stands on.
 *
 * @param line from 1; of the key, for a value under a key
 * @param fields in the order of the file; empty unless the value is a map
 * @param items empty unless the value is a list
 * @param scalar null for a map or a list that has members
 */
public record YamlNode(
        int line,
        Map<String, YamlNode> fields,
        List<YamlNode> items,
        @Nullable JsonNode scalar) {

    /** The value under a key, or null. */
    public @Nullable YamlNode get(String key) {
        return fields.get(key);
    }

    /** The text under a key, or null when there is no scalar. */
    public @Nullable String text(String key) {
        YamlNode value = get(key);
        return value == null || value.scalar == null ? null : value.text();
    }

    /** A scalar as it was written, without quotes; the empty string for anything else. */
    public String text() {
        return scalar == null || scalar.isNull() ? "" : scalar.asText();
    }

    /** The line of the value under a key, or of this when there is none. */
    public int lineOf(String key) {
        YamlNode value = get(key);
        return value == null ? line : value.line;
    }

    /** Gives every value below this, and this, with the key it stands under (an item: its list's key). */
    public void walk(String key, Visitor visitor) {
        visitor.visit(key, this);
        fields.forEach((name, value) -> value.walk(name, visitor));
        items.forEach(item -> item.walk(key, visitor));
    }

    /** Gives every scalar that is not prose: descriptions and notes are for people. */
    public void scalars(Consumer<YamlNode> consumer) {
        walk("", (key, node) -> {
            if (node.scalar != null && !key.equals("description") && !key.equals("note")) {
                consumer.accept(node);
            }
        });
    }

    /** The same without lines, for a JSON schema. */
    public JsonNode toJson() {
        if (scalar != null) {
            return scalar;
        }
        if (!items.isEmpty()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(item.toJson()));
            return array;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, value) -> object.set(name, value.toJson()));
        return object;
    }

    /** Called by {@link #walk}. */
    @FunctionalInterface
    public interface Visitor {
        void visit(String key, YamlNode node);
    }
}
