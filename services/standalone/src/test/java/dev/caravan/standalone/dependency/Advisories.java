package dev.caravan.standalone.dependency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caravan.components.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** docs/advisories.yaml, and what of it is about something that ships. */
final class Advisories {

    /**
     * A published weakness.
     *
     * @param artifacts which libraries have it
     * @param affected ranges of versions
     * @param stops what keeps it from mattering here; empty when it is of nothing that ships
     * @param shown tests that show it
     */
    record Advisory(
            String cve, List<String> artifacts, String what, List<String> affected, String stops, List<String> shown) {

        /** The libraries of it that ship, in whatever version. */
        List<Sbom.Component> shipping(List<Sbom.Component> components) {
            return components.stream()
                    .filter(component -> artifacts.stream().anyMatch(component::is))
                    .toList();
        }

        Optional<Sbom.Component> affecting(List<Sbom.Component> components) {
            return shipping(components).stream()
                    .filter(component -> affected.stream().anyMatch(range -> Versions.isIn(component.version(), range)))
                    .findFirst();
        }

        /** Where the weakness begins and ends, for people. */
        String versions() {
            return affected.stream()
                    .map(range -> range.replace("..", " to before "))
                    .collect(Collectors.joining(", "));
        }
    }

    private final JsonNode document;
    private final List<Advisory> all = new ArrayList<>();

    Advisories(Path file) throws IOException {
        document = new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file));
        for (JsonNode node : document.path("advisories")) {
            all.add(new Advisory(
                    node.path("cve").asText(),
                    texts(node.path("artifacts")),
                    node.path("what").asText(),
                    texts(node.path("affected")),
                    node.path("stops").asText(),
                    texts(node.path("shown"))));
        }
    }

    List<Advisory> all() {
        return all;
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The lists for docs/security.md. */
    String render(List<Sbom.Component> components) {
        List<String> lines = new ArrayList<>();
        lines.add("Read on " + document.path("read").asText() + ":");
        lines.add("");
        document.path("sources")
                .forEach(source -> lines.add("- [" + source.path("name").asText() + "]("
                        + source.path("url").asText() + "): "
                        + source.path("covers").asText() + "."));
        lines.addAll(
                List.of("", "### Ships in an affected version", "", "| Advisory | Of | What | What stops it here |"));
        lines.add("| --- | --- | --- | --- |");
        for (Advisory advisory : all) {
            advisory.affecting(components)
                    .ifPresent(component -> lines.add(row(
                            advisory.cve(),
                            name(component.artifact()) + " " + component.version(),
                            advisory.what(),
                            advisory.stops() + shownBy(advisory))));
        }
        lines.addAll(
                List.of("", "### Ships in a version that is not affected", "", "| Advisory | Of | What | Affects |"));
        lines.add("| --- | --- | --- | --- |");
        for (Advisory advisory : all) {
            if (advisory.affecting(components).isEmpty()) {
                advisory.shipping(components).stream()
                        .findFirst()
                        .ifPresent(component -> lines.add(row(
                                advisory.cve(),
                                name(component.artifact()) + " " + component.version(),
                                advisory.what(),
                                advisory.versions())));
            }
        }
        lines.addAll(
                List.of("", "### Is not used", "", "| Advisory | Of | What | Affects |", "| --- | --- | --- | --- |"));
        for (Advisory advisory : all) {
            if (advisory.shipping(components).isEmpty()) {
                lines.add(row(
                        advisory.cve(), String.join(", ", advisory.artifacts()), advisory.what(), advisory.versions()));
            }
        }
        return String.join("\n", lines);
    }

    private static String shownBy(Advisory advisory) {
        return advisory.shown().isEmpty()
                ? ""
                : advisory.shown().stream()
                        .map(test -> "`" + test.replaceFirst("#.*", "") + "`")
                        .distinct()
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String name(String artifact) {
        return artifact.substring(artifact.indexOf(':') + 1);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
