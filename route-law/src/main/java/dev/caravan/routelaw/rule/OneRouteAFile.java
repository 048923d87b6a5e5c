package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file declares one thing, is called like it, and stands in a room of its service; no other file has its name. */
public final class OneRouteAFile implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        Map<String, String> paths = new HashMap<>();
        for (RouteFile file : project.routeFiles()) {
            check(file, findings);
            checkPlace(file, findings);
            String other = paths.putIfAbsent(file.folder() + "/" + file.stem(), file.path());
            if (other != null) {
                findings.add(file.path(), 1, "it is called like " + other, "give one of them another name.");
            }
        }
    }

    private static void check(RouteFile file, Findings findings) {
        List<Flow> declarations = file.declarations();
        if (declarations.isEmpty()) {
            findings.add(file.path(), 1, "the file declares nothing", "begin it with '- route:', or remove it.");
            return;
        }
        // REST routes and how they are served belong together.
        boolean configured = declarations.size() > 1
                && declarations.get(0).kind().equals("restConfiguration")
                && declarations.get(1).kind().equals("rest");
        Flow first = declarations.get(configured ? 1 : 0);
        for (Flow flow : declarations.subList(configured ? 2 : 1, declarations.size())) {
            findings.add(
                    file.path(),
                    flow.node().line(),
                    "a second declaration (" + flow.kind() + ") in one file",
                    "move it to a file of its own that is called like its id.");
        }
        if (!RouteFile.KINDS.contains(first.kind())) {
            findings.add(
                    file.path(),
                    first.node().line(),
                    "'" + first.kind() + "' stands on its own",
                    "write a route; error handling belongs in a routeConfiguration, beans in Java.");
            return;
        }
        if (file.isShared() && !first.kind().equals("routeConfiguration")) {
            findings.add(
                    file.path(),
                    first.node().line(),
                    "shared/ holds a " + first.kind(),
                    "move it to a room of shared/, which services name in camel.main.routes-include-pattern, or of a service.");
            return;
        }
        checkId(file, first, findings);
    }

    private static void checkPlace(RouteFile file, Findings findings) {
        if (file.room().contains("/")) {
            findings.add(
                    file.path(),
                    1,
                    "the file stands too deep",
                    "move it to routes/<service>/<room>/ or routes/shared/<room>/.");
        } else if (file.isShared() && !file.room().isEmpty()) {
            findings.add(
                    file.path(),
                    1,
                    "no service takes the shared room '" + file.room() + "'",
                    "name it in camel.main.routes-include-pattern of those that need it.");
        }
    }

    private static void checkId(RouteFile file, Flow flow, Findings findings) {
        String id = flow.id();
        int line = flow.node().lineOf("id");
        if (id.isEmpty()) {
            if (flow.kind().equals("routeConfiguration") || flow.kind().equals("restConfiguration")) {
                // Without an id, a route configuration is for every route of the context.
                return;
            }
            findings.add(file.path(), line, "the " + flow.kind() + " has no id", "add id: " + file.stem() + " to it.");
            return;
        }
        if (flow.kind().equals("routeConfiguration") && id.matches("routeConfiguration-\\d+")) {
            findings.add(
                    file.path(),
                    line,
                    "the id '" + id + "' is of an editor's making",
                    "leave it out: without an id the configuration is for every route.");
            return;
        }
        if (!id.equals(file.stem())) {
            findings.add(
                    file.path(),
                    line,
                    "the id '" + id + "' is not the file's name '" + file.stem() + "'",
                    "give both the same name.");
        }
        if (!flow.kind().equals("routeConfiguration")
                && !file.isOfSharedRoom()
                && !id.startsWith(file.folder() + "-")) {
            findings.add(
                    file.path(),
                    line,
                    "the id '" + id + "' does not begin with its service's name",
                    "call it " + file.folder() + "-<purpose>, and the file likewise.");
        }
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            findings.add(
                    file.path(),
                    line,
                    "the id '" + id + "' is not in kebab-case",
                    "write it in lower case with hyphens between the words.");
        }
    }
}
