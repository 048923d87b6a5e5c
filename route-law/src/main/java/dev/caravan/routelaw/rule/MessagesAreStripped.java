package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.YamlNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sends a message sends its headers too, and Camel's components take orders from headers: a route that takes messages,
 * or the route that it hands them to at once, drops them before anything else.
 */
public final class MessagesAreStripped implements Rule {

    private static final Set<String> TAKERS = Set.of("spring-rabbitmq");
    private static final Set<String> ENOUGH = Set.of("*", "Camel*");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                Call from = flow.from();
                if (from != null && TAKERS.contains(from.scheme()) && !strips(project, file.folder(), flow)) {
                    findings.add(
                            file.path(),
                            from.line(),
                            "the headers of a message are taken as they come",
                            "make removeHeaders with pattern \"*\" the first step, excluding those that you need.");
                }
            }
        }
    }

    private static boolean strips(Project project, String folder, Flow flow) {
        YamlNode first = first(flow);
        if (first == null) {
            return false;
        }
        if (drops(first)) {
            return true;
        }
        YamlNode to = first.get("to");
        String uri = to == null ? null : to.text("uri");
        return uri != null
                && project.flows(folder).stream().anyMatch(target -> {
                    Call from = target.from();
                    YamlNode step = first(target);
                    return from != null && from.uri().equals(uri) && step != null && drops(step);
                });
    }

    private static @Nullable YamlNode first(Flow flow) {
        YamlNode from = flow.node().get("from");
        YamlNode steps = from == null ? null : from.get("steps");
        List<YamlNode> items = steps == null ? List.of() : steps.items();
        return items.isEmpty() ? null : items.get(0);
    }

    private static boolean drops(YamlNode step) {
        YamlNode removal = step.get("removeHeaders");
        if (removal == null) {
            return false;
        }
        String excluded = removal.text("excludePattern");
        return ENOUGH.contains(String.valueOf(removal.text("pattern")))
                && (excluded == null || !excluded.contains("Camel"));
    }
}
