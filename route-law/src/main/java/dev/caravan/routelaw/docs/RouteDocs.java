package dev.caravan.routelaw.docs;

import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.docs.Diagram.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes docs/routes.md: what each route is for, where its messages come from and where they go. */
public final class RouteDocs {

    private final Project project;
    private final Links links;

    private RouteDocs(Project project) {
        this.project = project;
        this.links = new Links(project);
    }

    /** The page for the project whose root this is; the same routes give the same text. */
    public static String page(Path root) {
        return new RouteDocs(new Project(root)).page();
    }

    private String page() {
        StringBuilder page = new StringBuilder();
        page.append(
                "<!-- Made from routes/ by ./caravan routes. Edit the routes, then run it again. -->\n\n# Routes\n\n");
        long routes = project.services().stream()
                .mapToLong(service -> links.running(service).size())
                .sum();
        page.append("Routes: " + routes + ". Services: " + project.services().size()
                + ". A route's name is its file: `routes/<service>/<room>/<route>.yaml`.\n\n");
        page.append("## The whole\n\n").append(system()).append('\n');
        for (String service : project.services()) {
            page.append("## ").append(service).append("\n\n");
            page.append(diagram(service)).append('\n');
            List<Flow> running = links.running(service);
            if (running.stream().anyMatch(flow -> flow.file().room().isEmpty())) {
                page.append(table(running, "")).append('\n');
            }
            project.rooms(service).forEach((room, story) -> {
                page.append("### ").append(service).append(": ").append(room).append("\n\n");
                page.append(sentence(story)).append("\n\n");
                if (running.stream().anyMatch(flow -> flow.file().room().equals(room))) {
                    page.append(table(running, room)).append('\n');
                }
            });
            page.append(configurations(service));
        }
        page.append("## For every service\n\n").append(configurations(Project.SHARED));
        return page.toString().strip() + "\n";
    }

    /** Services, what they reach and how. */
    private Diagram system() {
        Diagram diagram = new Diagram();
        for (String service : project.services()) {
            String node = diagram.node(service, Shape.BOX);
            for (Flow flow : links.running(service)) {
                Endpoint from = links.from(flow);
                if (from.peer().equals(Endpoint.MESSAGES)) {
                    String messages = diagram.node(Endpoint.MESSAGES, Shape.MESSAGE);
                    from.keys().forEach(key -> diagram.edge(messages, node, key));
                } else if (from.peer().equals(Endpoint.CLIENTS)
                        && from.protocol().equals("HTTP")) {
                    // gRPC clients are services, which draw the edge themselves.
                    if (!isReachedByServices(service)) {
                        diagram.edge(diagram.node(Endpoint.CLIENTS, Shape.OUTSIDE), node, "HTTP");
                    }
                }
                for (Endpoint to : links.to(flow)) {
                    drawOut(diagram, node, to);
                }
            }
        }
        return diagram;
    }

    private static void drawOut(Diagram diagram, String node, Endpoint to) {
        if (to.isRoute() || to.peer().isEmpty()) {
            return;
        }
        switch (to.peer()) {
            case Endpoint.DATABASE, Endpoint.OBJECTS -> diagram.edge(node, diagram.node(to.peer(), Shape.STORE), "");
            case Endpoint.MESSAGES -> {
                String messages = diagram.node(to.peer(), Shape.MESSAGE);
                diagram.edge(node, messages, "");
                to.keys().forEach(key -> diagram.edge(node, messages, key));
            }
            default -> diagram.edge(node, diagram.node(to.peer(), Shape.BOX), to.protocol());
        }
    }

    private boolean isReachedByServices(String service) {
        return project.services().stream()
                .flatMap(other -> links.running(other).stream())
                .flatMap(flow -> links.to(flow).stream())
                .anyMatch(to -> to.protocol().equals("HTTP") && to.peer().equals(service));
    }

    /** The routes of a service and what they reach, when things go well and when they don't. */
    private Diagram diagram(String service) {
        Diagram diagram = new Diagram();
        for (Flow flow : links.running(service)) {
            String node = diagram.node(flow.id(), Shape.BOX);
            Endpoint from = links.from(flow);
            if (!from.isRoute()) {
                diagram.edge(diagram.node(from.text(), Shape.OUTSIDE), node, "");
            }
            links.to(flow).forEach(to -> diagram.edge(node, target(diagram, to), label(to)));
        }
        for (Flow flow : links.configurations(service)) {
            links.to(flow)
                    .forEach(to ->
                            diagram.edge(diagram.node(flow.name(), Shape.MESSAGE), target(diagram, to), "on failure"));
        }
        return diagram;
    }

    private static String target(Diagram diagram, Endpoint to) {
        if (to.isRoute()) {
            return diagram.node(to.detail(), Shape.BOX);
        }
        return switch (to.peer()) {
            case Endpoint.DATABASE, Endpoint.OBJECTS -> diagram.node(to.peer(), Shape.STORE);
            case Endpoint.MESSAGES -> diagram.node(to.text(), Shape.MESSAGE);
            default -> diagram.node(to.peer().isEmpty() ? to.text() : to.peer(), Shape.OUTSIDE);
        };
    }

    private static String label(Endpoint to) {
        return to.isRoute() || to.peer().isEmpty() || to.peer().equals(Endpoint.MESSAGES) ? "" : to.detail();
    }

    private static String sentence(String story) {
        return Character.toUpperCase(story.charAt(0)) + story.substring(1);
    }

    private String table(List<Flow> running, String room) {
        StringBuilder table = new StringBuilder("| Route | What it does | From | To |\n| --- | --- | --- | --- |\n");
        for (Flow flow : running) {
            if (!flow.file().room().equals(room)) {
                continue;
            }
            Endpoint from = links.from(flow);
            List<Endpoint> to = links.to(flow);
            row(
                    table,
                    link(flow),
                    flow.description(),
                    from.isRoute() ? lines(links.callers(flow)) : code(from.text()),
                    lines(to.stream().map(Endpoint::text).toList()));
        }
        return table.toString();
    }

    private String configurations(String folder) {
        List<Flow> configurations = links.configurations(folder);
        if (configurations.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("| Route configuration | What it does |\n| --- | --- |\n");
        configurations.forEach(flow -> row(table, link(flow), flow.description()));
        return table.append('\n').toString();
    }

    private static String link(Flow flow) {
        return "[" + flow.name() + "](../" + flow.file().path() + ")";
    }

    private static String lines(List<String> texts) {
        return texts.stream().map(RouteDocs::code).collect(Collectors.joining("<br>"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static void row(StringBuilder table, String... cells) {
        table.append('|');
        for (String cell : cells) {
            table.append(' ')
                    .append(cell.strip().replace("|", "\\|").replace("\n", " "))
                    .append(cell.isBlank() ? "|" : " |");
        }
        table.append('\n');
    }
}
