package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import java.util.regex.Pattern;

/** A log line holds no body, which may be a whole video, and no token. */
public final class LogsAreDiscreet implements Rule {

    private static final Pattern TELLTALE = Pattern.compile(
            "\\$\\{(body|headers|headers?[.\\[]['\"]?(authorization|cookie)['\"]?]?)}", Pattern.CASE_INSENSITIVE);

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                flow.steps().stream()
                        .filter(step -> step.name().equals("log"))
                        .forEach(step -> check(file, step, findings));
                flow.calls().stream()
                        .filter(call -> call.scheme().equals("log"))
                        .forEach(call -> refuse(file, call, findings));
            }
        }
    }

    private static void check(RouteFile file, Step step, Findings findings) {
        String message = step.node().text("message");
        if (message != null && TELLTALE.matcher(message).find()) {
            findings.add(
                    file.path(),
                    step.node().lineOf("message"),
                    "the log tells a whole body or what nobody should read",
                    "log a field or a header that names the thing, such as its id.");
        }
    }

    private static void refuse(RouteFile file, Call call, Findings findings) {
        findings.add(
                file.path(),
                call.line(),
                "the endpoint '" + call.uri() + "' logs whole bodies",
                "use a log: step with a message.");
    }
}
