package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A description is one sentence: docs/routes.md is made of them. What a {@code rest} serves its contract describes; and
 * Camel 4.17 gives a description there to the HTTP endpoint, which knows no such option.
 */
public final class RoutesAreDescribed implements Rule {

    private static final Set<String> NOT_DESCRIBED = Set.of("restConfiguration", "rest");
    private static final int SHORTEST = 20;
    private static final int LONGEST = 160;
    private static final Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s+\\p{Lu}");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                if (!NOT_DESCRIBED.contains(flow.kind())) {
                    check(file, flow, findings);
                }
            }
        }
    }

    private static void check(RouteFile file, Flow flow, Findings findings) {
        String description = flow.description().strip();
        int line = flow.node().lineOf("description");
        String mend = "say in one sentence of " + SHORTEST + " to " + LONGEST
                + " characters, full stop included, what it is for.";
        if (description.isEmpty()) {
            findings.add(file.path(), line, "'" + flow.name() + "' has no description", mend);
            return;
        }
        int length = description.length();
        if (length < SHORTEST || length > LONGEST) {
            findings.add(file.path(), line, "the description has " + length + " characters", mend);
        }
        if (!description.endsWith(".")) {
            findings.add(file.path(), line, "the description does not end with a full stop", mend);
        }
        if (SECOND_SENTENCE.matcher(description).find()) {
            findings.add(file.path(), line, "the description is more than one sentence", mend);
        }
    }
}
