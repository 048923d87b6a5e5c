package dev.caravan.routelaw;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place where a route sends to an endpoint or receives from one.
 *
 * @param kind the word in the route: from, to, toD, wireTap, enrich, pollEnrich, poll
 * @param node what stands under that word
 * @param uri as written, with its placeholders
 */
public record Call(String kind, YamlNode node, String uri) {

    /** Every word of the YAML DSL that names an endpoint in a route. */
    public static final Set<String> KINDS = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

    private static final Set<String> INTERNAL = Set.of("direct", "seda", "log");

    static @Nullable Call of(String kind, YamlNode node) {
        if (!KINDS.contains(kind)) {
            return null;
        }
        String uri = node.scalar() != null ? node.text() : node.text("uri");
        YamlNode expression = node.get("expression");
        if (uri == null && expression != null && !expression.fields().isEmpty()) {
            YamlNode language = expression.fields().values().iterator().next();
            uri = language.scalar() != null ? language.text() : language.text("expression");
        }
        return uri == null ? null : new Call(kind, node, uri);
    }

    /** The component, such as {@code sql}. */
    public String scheme() {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }

    /** What stands between the scheme and the options, without leading slashes. */
    public String path() {
        int colon = uri.indexOf(':');
        String rest = colon < 0 ? "" : uri.substring(colon + 1);
        int query = rest.indexOf('?');
        String path = query < 0 ? rest : rest.substring(0, query);
        return path.replaceFirst("^/+", "");
    }

    /** Options of the URI and of {@code parameters:}. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        int query = uri.indexOf('?');
        if (query >= 0) {
            for (String pair : uri.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                parameters.put(
                        equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
            }
        }
        YamlNode declared = node.get("parameters");
        if (declared != null) {
            declared.fields().forEach((name, value) -> parameters.put(name, value.text()));
        }
        return parameters;
    }

    /** True when the call leaves the service's own routes. */
    public boolean external() {
        return !INTERNAL.contains(scheme());
    }

    public boolean consumer() {
        return kind.equals("from") || kind.equals("pollEnrich") || kind.equals("poll");
    }

    /** The step's id, or null. */
    public @Nullable String id() {
        return node.text("id");
    }

    public int line() {
        return node.get("uri") != null ? node.lineOf("uri") : node.line();
    }

    /** The line of an option, or of the URI when the option stands there or nowhere. */
    public int lineOf(String option) {
        YamlNode declared = node.get("parameters");
        return declared != null && declared.get(option) != null ? declared.lineOf(option) : line();
    }
}
