package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.Rule;

/** Every route is named in a test of its service or in an end-to-end test. */
public final class RoutesAreTested implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        for (String service : project.services()) {
            for (Flow flow : project.flows(service)) {
                if (flow.isRoute()
                        && !flow.file().isOfUsers()
                        && !flow.id().isEmpty()
                        && !project.tests(service).mentions(flow.id())) {
                    findings.add(
                            flow.file().path(),
                            flow.node().lineOf("id"),
                            "no test names the route '" + flow.id() + "'",
                            "test it in services/" + service + "/src/test, with its id in a string.");
                }
            }
        }
    }
}
