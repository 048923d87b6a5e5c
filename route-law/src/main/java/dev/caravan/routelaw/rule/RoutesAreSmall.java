package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import dev.caravan.routelaw.YamlNode;

/**
 * A route can be read at one glance: few steps in a row and one level of nesting.
 *
 * <p>A step within choice, filter, split, doTry and their like is on level one, in whichever branch it stands; a block
 * within a block is refused.
 */
public final class RoutesAreSmall implements Rule {

    private static final int MOST_STEPS = 7;

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                checkLength(file, flow, findings);
                checkDepth(file, flow, findings);
            }
        }
    }

    private static void checkLength(RouteFile file, Flow flow, Findings findings) {
        flow.node().walk("", (key, node) -> {
            YamlNode steps = node.get("steps");
            if (steps != null && steps.items().size() > MOST_STEPS) {
                findings.add(
                        file.path(),
                        steps.items().get(MOST_STEPS).line(),
                        steps.items().size() + " steps in a row, of " + MOST_STEPS + " at most",
                        "move some that serve one purpose to a route of their own behind direct:.");
            }
        });
    }

    private static void checkDepth(RouteFile file, Flow flow, Findings findings) {
        for (Step step : flow.steps()) {
            if (step.depth() == 2) {
                findings.add(
                        file.path(),
                        step.node().line(),
                        "'" + step.name() + "' stands in a block within a block",
                        "move the inner block to a route of its own behind direct:.");
            }
        }
    }
}
