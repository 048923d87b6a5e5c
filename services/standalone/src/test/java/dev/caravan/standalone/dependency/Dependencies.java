package dev.caravan.standalone.dependency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** docs/dependencies.yaml, what the modules declare, and what the page has from npm. */
final class Dependencies {

    private static final String PAGE = "services/api-gateway";
    private static final String VENDORED = PAGE + "/src/main/resources/web/assets/vendor/vendored.yaml";

    private final JsonNode document;
    private final Map<String, Set<String>> declared = new TreeMap<>();
    private final List<Sbom.Component> vendored = new ArrayList<>();

    Dependencies(Path root) throws IOException {
        document = yaml(root.resolve("docs/dependencies.yaml"));
        for (JsonNode library : yaml(root.resolve(VENDORED))) {
            String artifact = "npm:" + library.path("name").asText();
            declared.put(artifact, new TreeSet<>(Set.of(PAGE)));
            vendored.add(new Sbom.Component(
                    artifact,
                    library.path("version").asText(),
                    List.of(library.path("licence").asText())));
        }
        for (Path pom : poms(root)) {
            String module = root.relativize(pom.getParent()).toString().replace('\\', '/');
            for (Element dependency : dependencies(pom)) {
                String group = text(dependency, "groupId");
                if (!group.equals("dev.caravan")) {
                    String scope = text(dependency, "scope");
                    declared.computeIfAbsent(group + ":" + text(dependency, "artifactId"), artifact -> new TreeSet<>())
                            .add(scope.equals("test") ? module + " (tests)" : module);
                }
            }
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(Files.readAllBytes(file));
    }

    private static List<Path> poms(Path root) throws IOException {
        List<Path> poms = new ArrayList<>();
        try (Stream<Path> files = Files.find(
                root,
                4,
                (file, attributes) -> file.endsWith("pom.xml")
                        && !file.toString().contains("target")
                        // Its reason is that somebody added it; the lock names it.
                        && !file.endsWith("connectors/components/pom.xml"))) {
            files.sorted().forEach(poms::add);
        }
        return poms;
    }

    /** Those that a module has, not those whose versions are only managed. */
    private static List<Element> dependencies(Path pom) throws IOException {
        try {
            List<Element> found = new ArrayList<>();
            Element project = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
            for (Element dependencies : children(project, "dependencies")) {
                found.addAll(children(dependencies, "dependency"));
            }
            return found;
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom + ": " + e.getMessage(), e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE
                    && nodes.item(i).getNodeName().equals(name)) {
                found.add((Element) nodes.item(i));
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? "" : children.get(0).getTextContent().strip();
    }

    /** Which modules have which, by group:artifact. */
    Map<String, Set<String>> declared() {
        return declared;
    }

    /** Libraries that ship as files of the repository. */
    List<Sbom.Component> vendored() {
        return vendored;
    }

    Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        document.path("dependencies")
                .fields()
                .forEachRemaining(
                        field -> reasons.put(field.getKey(), field.getValue().asText()));
        return reasons;
    }

    /** Whether one of a library's licences is allowed, or the library is an exception. */
    boolean mayShip(Sbom.Component component) {
        for (JsonNode exception : document.path("licences").path("exceptions")) {
            if (component.is(exception.path("artifact").asText())) {
                return component.licences().contains(exception.path("licence").asText())
                        && !exception.path("why").asText().isBlank();
            }
        }
        for (JsonNode allowed : document.path("licences").path("allowed")) {
            if (component.licences().stream().anyMatch(licence -> licence.equals(allowed.asText()))) {
                return true;
            }
        }
        return false;
    }

    /** docs/dependencies.md. */
    String render(List<Sbom.Component> components) {
        List<String> lines = new ArrayList<>(List.of(
                "<!-- Made from dependencies.yaml by ./caravan dependencies. -->",
                "",
                "# Dependencies",
                "",
                "Versions stand in the root `pom.xml`, as properties, or come with Spring Boot and Camel; those of `npm:` stand in"
                        + " `vendored.yaml` beside the files. Everything else that ships, with what comes along, is in each image:"
                        + " `META-INF/sbom/application.cdx.json`.",
                "",
                "| Dependency | Why | In |",
                "| --- | --- | --- |"));
        Map<String, String> reasons = reasons();
        declared.forEach((artifact, modules) -> lines.add("| `" + artifact + "` | "
                + reasons.getOrDefault(artifact, "?") + " | " + String.join(", ", modules) + " |"));
        Map<String, Integer> licences = new TreeMap<>();
        components.forEach(component -> licences.merge(String.join(" or ", component.licences()), 1, Integer::sum));
        lines.addAll(List.of(
                "",
                "## Licences",
                "",
                "Of the " + components.size()
                        + " libraries that ship, the embedded servers' included. The build fails on another"
                        + " licence.",
                "",
                "| Licence | Libraries |",
                "| --- | --- |"));
        licences.forEach((licence, count) -> lines.add("| " + licence + " | " + count + " |"));
        lines.addAll(List.of("", "| Exception | Licence | Why |", "| --- | --- | --- |"));
        document.path("licences")
                .path("exceptions")
                .forEach(exception -> lines.add("| `"
                        + exception.path("artifact").asText() + "` | "
                        + exception.path("licence").asText() + " | "
                        + exception.path("why").asText() + " |"));
        return String.join("\n", lines) + "\n";
    }
}
