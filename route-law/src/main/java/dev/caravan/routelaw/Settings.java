package dev.caravan.routelaw;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The properties that configuration files define, by their full names. */
public final class Settings {

    /** A Camel property placeholder; group 1 is what stands between the braces. */
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]+)}}");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^${}:]+)(?::([^${}]*))?}");

    private final Map<String, String> values = new TreeMap<>();

    /** Adds a document; what it defines replaces what was defined before. */
    Settings add(YamlNode document) {
        flatten("", document);
        return this;
    }

    Settings add(String name, String value) {
        values.put(name, value);
        return this;
    }

    private void flatten(String prefix, YamlNode node) {
        if (node.scalar() != null) {
            values.put(prefix, node.text());
        }
        node.fields().forEach((key, value) -> flatten(prefix.isEmpty() ? key : prefix + "." + key, value));
        for (int i = 0; i < node.items().size(); i++) {
            flatten(prefix + "[" + i + "]", node.items().get(i));
        }
    }

    public boolean defines(String name) {
        return values.containsKey(name);
    }

    /** The text with each placeholder replaced by its value; an unknown one stays. */
    public String resolve(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> {
            String value = value(match.group(1));
            return Matcher.quoteReplacement(value == null ? match.group() : value);
        });
    }

    private @Nullable String value(String name) {
        String value = values.get(name);
        // A value may name others, and these again others; a circle ends here.
        for (int i = 0; value != null && i < 5 && value.contains("${"); i++) {
            value = REFERENCE.matcher(value).replaceAll(match -> {
                String inner = values.getOrDefault(match.group(1), match.group(2) == null ? "" : match.group(2));
                return Matcher.quoteReplacement(inner);
            });
        }
        return value;
    }
}
