package dev.caravan.routelaw;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A YAML file under {@code routes/}.
 *
 * @param path from the project's root, with slashes
 * @param folder the service, also of a file in a room of {@code shared} that it takes, or {@code shared}
 * @param room the folder within the service's that it stands in, or the empty string
 * @param stem the file's name without its suffix
 * @param root the whole document
 */
public record RouteFile(String path, String folder, String room, String stem, YamlNode root) {

    /** What a file may declare. */
    public static final Set<String> KINDS = Set.of("route", "routeConfiguration", "rest", "restConfiguration");

    private static final String SOURCES = "routes/connectors/sources/";

    public boolean isShared() {
        return folder.equals(Project.SHARED);
    }

    /** Whether other services may have it too. */
    public boolean isOfSharedRoom() {
        return path.startsWith("routes/" + Project.SHARED + "/") && !room.isEmpty();
    }

    /**
     * Whether it is a source: users of the platform write it, for servers of theirs. It has no test in Java, no setting of the
     * platform and names of its own, and keeps what guards everybody else.
     */
    public boolean isOfUsers() {
        return path.startsWith(SOURCES);
    }

    public boolean isEmpty() {
        return root.items().isEmpty() && root.fields().isEmpty();
    }

    /** What the file declares, whether it may or not. */
    public List<Flow> declarations() {
        List<Flow> flows = new ArrayList<>();
        for (YamlNode item : root.items()) {
            item.fields().forEach((kind, node) -> flows.add(new Flow(this, kind, node)));
        }
        return flows;
    }

    /** What the file declares of the kinds that the law knows. */
    public List<Flow> flows() {
        return declarations().stream()
                .filter(flow -> KINDS.contains(flow.kind()))
                .toList();
    }
}
