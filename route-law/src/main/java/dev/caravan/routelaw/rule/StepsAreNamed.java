package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import java.util.HashMap;
import java.util.Map;

/** Every call out of the service has a name that says what it does: metrics, traces and tests go by it. */
public final class StepsAreNamed implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                for (Call call : flow.calls()) {
                    if (call.external()) {
                        check(file, call, findings);
                    }
                }
            }
        }
        project.services().forEach(service -> checkUnique(project, service, findings));
    }

    private static void check(RouteFile file, Call call, Findings findings) {
        String id = call.id();
        if (id == null) {
            findings.add(
                    file.path(),
                    call.node().line(),
                    "'" + call.kind() + "' calls " + call.scheme() + " without an id",
                    "give it an id of verb and object, such as find-user.");
        } else if (!Verbs.isVerbObject(id)) {
            findings.add(
                    file.path(),
                    call.node().lineOf("id"),
                    "the step id '" + id + "' is not a verb and an object in kebab-case",
                    "rename it so that it says what is done to what, such as find-user" + Verbs.MEND);
        }
    }

    private static void checkUnique(Project project, String service, Findings findings) {
        Map<String, String> places = new HashMap<>();
        for (RouteFile file : project.context(service)) {
            for (Flow flow : file.flows()) {
                for (Step step : flow.steps()) {
                    String id = step.node().text("id");
                    String place = file.path() + ":" + step.node().lineOf("id");
                    String other = id == null ? null : places.putIfAbsent(id, place);
                    if (other != null && !file.isShared()) {
                        findings.add(
                                file.path(),
                                step.node().lineOf("id"),
                                "the step id '" + id + "' stands at " + other + " too",
                                "give each step of a service an id of its own.");
                    }
                }
            }
        }
    }
}
