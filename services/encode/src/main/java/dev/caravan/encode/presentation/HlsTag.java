package dev.caravan.encode.presentation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A line of an HLS playlist that holds attributes, such as {@code #EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="a,b"}.
 *
 * @param name with its number sign, without the colon
 * @param attributes in their order, their values as they stand
 */
record HlsTag(String name, Map<String, String> attributes) {

    private static final Pattern ATTRIBUTE = Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^,]*)");

    static HlsTag parse(String line) {
        int colon = line.indexOf(':');
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Matcher attribute = ATTRIBUTE.matcher(line.substring(colon + 1)); attribute.find(); ) {
            attributes.put(attribute.group(1), attribute.group(2));
        }
        return new HlsTag(colon < 0 ? line : line.substring(0, colon), attributes);
    }

    /** As a value. */
    static String quoted(String text) {
        return '"' + text + '"';
    }

    /** The value without its quotation marks; empty when there is none. */
    String value(String attribute) {
        String value = attributes.getOrDefault(attribute, "");
        return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    @Override
    public String toString() {
        return name + ":"
                + attributes.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
