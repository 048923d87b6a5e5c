package dev.caravan.standalone.dependency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the build wrote down as shipping with all services and the embedded servers, in CycloneDX' format. */
final class Sbom {

    private static final String FILE = "target/classes/META-INF/sbom/application.cdx.json";

    /** All on one class path, and what has a class path of its own. */
    private static final List<Path> FILES = List.of(Path.of(FILE), Path.of("../connectors", FILE));

    /**
     * A library of others.
     *
     * @param artifact group:artifact
     * @param licences names or SPDX ids, one of which may be chosen
     */
    record Component(String artifact, String version, List<String> licences) {

        /** @param pattern group:artifact, of which either may end with {@code *}; without a group it is Camel's */
        boolean is(String pattern) {
            return dev.caravan.components.Advisories.names(pattern, artifact);
        }
    }

    private Sbom() {}

    static List<Component> read() throws IOException {
        Set<Component> components = new LinkedHashSet<>();
        for (Path file : FILES) {
            components.addAll(read(file));
        }
        return List.copyOf(components);
    }

    private static List<Component> read(Path file) throws IOException {
        List<Component> components = new ArrayList<>();
        for (JsonNode node :
                new ObjectMapper().readTree(Files.readAllBytes(file)).path("components")) {
            String group = node.path("group").asText();
            if (!group.equals("dev.caravan")) {
                List<String> licences = new ArrayList<>();
                node.path("licenses")
                        .forEach(licence -> licences.add(
                                licence.has("expression")
                                        ? licence.path("expression").asText()
                                        : licence.path("license")
                                                .path("id")
                                                .asText(licence.path("license")
                                                        .path("name")
                                                        .asText())));
                components.add(new Component(
                        group + ":" + node.path("name").asText(),
                        node.path("version").asText(),
                        licences));
            }
        }
        return components;
    }
}
