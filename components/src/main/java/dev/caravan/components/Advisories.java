package dev.caravan.components;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Published weaknesses, of docs/advisories.yaml. */
public final class Advisories {

    private static final String CAMEL = "org.apache.camel:";

    private final List<Map<String, Object>> advisories;

    @SuppressWarnings("unchecked")
    Advisories(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file)) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            advisories = (List<Map<String, Object>>) Objects.requireNonNull(document.get("advisories"));
        }
    }

    /** Those of a library in its version, a line each; empty when none is known. */
    List<String> of(Coordinate library) {
        return advisories.stream()
                .filter(advisory -> texts(advisory, "artifacts").stream()
                        .anyMatch(pattern -> names(pattern, library.group() + ":" + library.artifact())))
                .filter(advisory -> texts(advisory, "affected").stream()
                        .anyMatch(range -> Versions.isIn(library.version().split(":")[0], range)))
                .map(advisory -> advisory.get("cve") + " (" + library + "): " + advisory.get("what"))
                .toList();
    }

    private static List<String> texts(Map<String, Object> advisory, String name) {
        return advisory.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * Whether an advisory is about a library.
     *
     * @param pattern group:artifact, of which either may end with {@code *}; without a group it is Camel's
     * @param library group:artifact
     */
    public static boolean names(String pattern, String library) {
        String[] wanted = (pattern.contains(":") ? pattern : CAMEL + pattern).split(":", 2);
        String[] parts = library.split(":", 2);
        return matches(wanted[0], parts[0]) && matches(wanted[1], parts[1]);
    }

    private static boolean matches(String pattern, String text) {
        return pattern.endsWith("*")
                ? text.startsWith(pattern.substring(0, pattern.length() - 1))
                : text.equals(pattern);
    }
}
