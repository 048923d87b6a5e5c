package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import java.util.regex.Pattern;

/** What a route refuses it refuses with a fault: a code of gRPC, a reason for programs and a sentence for people. */
public final class FaultsAreStated implements Rule {

    private static final String FAULT = "dev.caravan.kernel.Fault";
    private static final Pattern STATED = Pattern.compile(
            "(CANCELLED|UNKNOWN|INVALID_ARGUMENT|DEADLINE_EXCEEDED|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|"
                    + "RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|"
                    + "DATA_LOSS|UNAUTHENTICATED) [A-Z][A-Z0-9_]* [A-Z].*\\.");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                flow.steps().stream()
                        .filter(step -> step.name().equals("throwException"))
                        .forEach(step -> check(file, step, findings));
            }
        }
    }

    private static void check(RouteFile file, Step step, Findings findings) {
        String message = String.valueOf(step.node().text("message"));
        if (!FAULT.equals(step.node().text("exceptionType"))
                || !STATED.matcher(message).matches()) {
            findings.add(
                    file.path(),
                    step.node().line(),
                    "'throwException' states no fault",
                    "throw " + FAULT + " with a code of gRPC, a reason in UPPER_SNAKE and a sentence, such as NOT_FOUND"
                            + " ITEM_UNKNOWN There is no such item.");
        }
    }
}
