package dev.caravan.components;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Published weaknesses, of docs/advisories.yaml. */
final class Advisories {

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
                .filter(advisory -> texts(advisory, "artifacts").stream().anyMatch(pattern -> names(pattern, library)))
                .filter(advisory -> texts(advisory, "affected").stream()
                        .anyMatch(range -> isIn(range, library.version().split(":")[0])))
                .map(advisory -> advisory.get("cve") + " (" + library + "): " + advisory.get("what"))
                .toList();
    }

    private static List<String> texts(Map<String, Object> advisory, String name) {
        return advisory.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static boolean names(String pattern, Coordinate library) {
        String full = pattern.contains(":") ? pattern : CAMEL + pattern;
        String name = library.group() + ":" + library.artifact();
        int star = full.indexOf("*:");
        return star < 0
                ? full.equals(name)
                : library.group().startsWith(full.substring(0, star)) && full.endsWith(":" + library.artifact());
    }

    private static boolean isIn(String range, String version) {
        String[] ends = range.split("\\.\\.", 2);
        ComparableVersion one = new ComparableVersion(version);
        return ends.length == 2
                && new ComparableVersion(ends[0]).compareTo(one) <= 0
                && one.compareTo(new ComparableVersion(ends[1])) < 0;
    }
}
