package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Settings;
import java.util.regex.Matcher;

/** Every placeholder has its default, with a comment, in the configuration, and nowhere else. */
public final class PropertiesAreDefined implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            String place = file.isShared()
                    ? "config/caravan.yaml"
                    : "config/caravan.yaml or config/" + file.folder() + ".yaml";
            file.root().scalars(node -> {
                Matcher matcher = Settings.PLACEHOLDER.matcher(node.text());
                while (matcher.find()) {
                    String name = matcher.group(1);
                    if (name.contains(":") || name.startsWith("?")) {
                        findings.add(
                                file.path(),
                                node.line(),
                                "the placeholder {{" + name + "}} brings its own default",
                                "write the name alone, and the default into " + place + ".");
                    } else if (!file.isOfUsers()
                            && !project.settings(file.folder()).defines(name)) {
                        findings.add(
                                file.path(),
                                node.line(),
                                "the property '" + name + "' is not defined",
                                "correct the name, or define it in " + place + ".");
                    }
                }
            });
        }
    }
}
