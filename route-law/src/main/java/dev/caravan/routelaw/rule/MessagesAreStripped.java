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

/**
 * Whoever sends a message sends its headers too, and Camel's components take orders from headers: a route that takes messages,
 * or the route that it hands them to at once, drops them before
 * it calls anything.
 */
public final class MessagesAreStripped implements Rule {

    private static final Set<String> TAKERS = Set.of("spring-rabbitmq");
    /** What the body is; nothing takes an order from it. */
    private static final String OF_THE_MESSAGE = "CamelSpringRabbitmqContentType";

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
                            "put removeHeaders with pattern \"*\" before the first call, excluding those that you need.");
                }
            }
        }
    }

    private static boolean strips(Project project, String folder, Flow flow) {
        for (YamlNode step : steps(flow)) {
            if (drops(step)) {
                return true;
            }
            String target = step.fields().keySet().stream().anyMatch(Call.KINDS::contains) ? target(step) : null;
            if (target != null) {
                return project.flows(folder).stream()
                        .filter(next -> next.from() != null && next.from().uri().equals(target))
                        .anyMatch(next -> dropsBeforeCalls(next));
            }
        }
        return false;
    }

    private static boolean dropsBeforeCalls(Flow flow) {
        for (YamlNode step : steps(flow)) {
            if (drops(step)) {
                return true;
            }
            if (step.fields().keySet().stream().anyMatch(Call.KINDS::contains)) {
                return false;
            }
        }
        return false;
    }

    private static String target(YamlNode step) {
        YamlNode call = step.fields().values().iterator().next();
        return String.valueOf(call.text("uri"));
    }

    private static List<YamlNode> steps(Flow flow) {
        YamlNode from = flow.node().get("from");
        YamlNode steps = from == null ? null : from.get("steps");
        return steps == null ? List.of() : steps.items();
    }

    private static boolean drops(YamlNode step) {
        YamlNode removal = step.get("removeHeaders");
        if (removal == null) {
            return false;
        }
        String excluded = removal.text("excludePattern");
        return ENOUGH.contains(String.valueOf(removal.text("pattern")))
                && (excluded == null || !excluded.replace(OF_THE_MESSAGE, "").contains("Camel"));
    }
}
