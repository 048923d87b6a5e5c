package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that a route names under {@code {{caravan.routes}}} are there, and no SQL file lies about unused. */
public final class ResourcesExist implements Rule {

    private static final Pattern RESOURCE = Pattern.compile("\\{\\{caravan\\.routes}}/([\\w./-]+)");

    @Override
    public void check(Project project, Findings findings) {
        Set<String> used = new TreeSet<>();
        for (RouteFile file : project.routeFiles()) {
            file.root().scalars(node -> {
                Matcher matcher = RESOURCE.matcher(node.text());
                while (matcher.find()) {
                    String resource = "routes/" + matcher.group(1);
                    used.add(resource);
                    check(project, file, node.line(), resource, findings);
                }
            });
        }
        for (String service : project.services()) {
            for (String statement : project.resources(service, ".sql")) {
                String inside = statement.substring("routes/".length());
                if (!used.contains(statement) && !project.main(service).mentions(inside)) {
                    findings.add(statement, 1, "no route uses this statement", "use it, or remove the file.");
                }
            }
        }
    }

    private static void check(Project project, RouteFile file, int line, String resource, Findings findings) {
        if (!project.exists(resource)) {
            findings.add(file.path(), line, "there is no file " + resource, "correct the name, or add the file.");
        } else if (!resource.startsWith("routes/" + file.folder() + "/")) {
            findings.add(
                    file.path(),
                    line,
                    resource + " belongs to another service",
                    "use a file of routes/" + file.folder() + ".");
        }
    }
}
