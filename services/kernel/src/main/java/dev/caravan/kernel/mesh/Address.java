package dev.caravan.kernel.mesh;

import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * An endpoint without what nobody has to see: of its options only those that say where a message goes, of a file only its name.
 *
 * @param scheme the component, such as {@code grpc}
 * @param path what follows it
 * @param options such as the {@code method} of a gRPC call
 */
public record Address(String scheme, String path, Map<String, String> options) {

    static final String QUEUES = "queues";
    static final String ROUTING_KEY = "routingKey";

    private static final Set<String> SHOWN =
            Set.of("method", QUEUES, ROUTING_KEY, "operation", "httpMethod", "httpMethodRestrict");
    private static final Set<String> OF_FILES = Set.of("sql", "rest-openapi");
    private static final Pattern USER_INFO = Pattern.compile("^[^/@?]*@");

    /** @param uri without placeholders */
    public static Address of(String uri) {
        int colon = uri.indexOf(':');
        if (colon < 0) {
            return new Address(uri, "", Map.of());
        }
        int query = uri.indexOf('?');
        String scheme = uri.substring(0, colon);
        String path = uri.substring(colon + 1, query < 0 ? uri.length() : query).replaceFirst("^/+", "");
        if (OF_FILES.contains(scheme)) {
            path = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
        }
        return new Address(
                scheme,
                USER_INFO.matcher(path).replaceFirst(""),
                query < 0 ? Map.of() : shown(uri.substring(query + 1)));
    }

    private static Map<String, String> shown(String query) {
        Map<String, String> shown = new TreeMap<>();
        try {
            URISupport.parseQuery(query, true).forEach((name, value) -> {
                if (SHOWN.contains(name)) {
                    shown.put(name, String.valueOf(value));
                }
            });
        } catch (URISyntaxException e) {
            // An endpoint that Camel could not parse either has no options to show.
        }
        return shown;
    }

    /** The same with another option. */
    Address with(String option, String value) {
        Map<String, String> more = new TreeMap<>(options);
        more.put(option, value);
        return new Address(scheme, path, more);
    }

    /** The same with another path. */
    Address at(String otherPath) {
        return new Address(scheme, otherPath, options);
    }

    /** An option, or the empty string. */
    public String option(String name) {
        return options.getOrDefault(name, "");
    }
}
