package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a route sends to within its service is there, is called like its route, and is sent to by someone. */
public final class TargetsExist implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        Set<String> folders = new TreeSet<>(project.services());
        folders.add(Project.SHARED);
        for (String folder : folders) {
            Set<String> starts = new TreeSet<>();
            for (RouteFile file : project.context(folder)) {
                for (Flow flow : file.flows()) {
                    Call from = flow.from();
                    if (from != null && !from.external()) {
                        starts.add(address(from));
                    }
                }
            }
            for (Flow flow : project.flows(folder)) {
                checkStart(flow, findings);
                checkTargets(flow, starts, findings);
                checkConfiguration(project, flow, findings);
            }
            if (!folder.equals(Project.SHARED)) {
                checkUsed(project, folder, findings);
            }
        }
    }

    private static String address(Call call) {
        return call.scheme() + ":" + call.path();
    }

    private static void checkStart(Flow flow, Findings findings) {
        Call from = flow.from();
        if (from != null && from.scheme().equals("direct") && !from.path().equals(flow.id())) {
            findings.add(
                    flow.file().path(),
                    from.line(),
                    "the route '" + flow.id() + "' starts from '" + from.uri() + "'",
                    "let it start from direct:" + flow.id() + ".");
        }
    }

    private static void checkTargets(Flow flow, Set<String> starts, Findings findings) {
        for (Call call : flow.calls()) {
            boolean inner = call.scheme().equals("direct") || call.scheme().equals("seda");
            if (inner && !call.uri().contains("${") && !starts.contains(address(call))) {
                findings.add(
                        flow.file().path(),
                        call.line(),
                        "no route in routes/" + flow.file().folder() + " starts from '" + address(call) + "'",
                        "correct the name or add the route; another service is reached over gRPC, HTTP or AMQP.");
            }
        }
    }

    private static void checkConfiguration(Project project, Flow flow, Findings findings) {
        String wanted = flow.node().text("routeConfigurationId");
        if (wanted == null) {
            return;
        }
        for (String id : wanted.split("\\s*,\\s*")) {
            Pattern pattern = Pattern.compile(("\\Q" + id + "\\E").replace("*", "\\E.*\\Q"));
            boolean known = project.context(flow.file().folder()).stream()
                    .flatMap(file -> file.flows().stream())
                    .anyMatch(other -> other.kind().equals("routeConfiguration")
                            && pattern.matcher(other.id()).matches());
            if (!known) {
                findings.add(
                        flow.file().path(),
                        flow.node().lineOf("routeConfigurationId"),
                        "there is no route configuration '" + id + "' in routes/shared or routes/"
                                + flow.file().folder(),
                        "correct the name or add the configuration.");
            }
        }
    }

    private static void checkUsed(Project project, String service, Findings findings) {
        Set<String> used = new TreeSet<>();
        for (RouteFile file : project.context(service)) {
            for (Flow flow : file.flows()) {
                flow.calls().forEach(call -> used.add(address(call)));
            }
        }
        project.rpcs(service).forEach(rpc -> used.add("direct:" + service + "-" + rpc));
        project.operations(service).forEach(operation -> used.add("direct:" + operation.id()));
        for (Flow flow : project.flows(service)) {
            Call from = flow.from();
            if (from != null
                    && (from.scheme().equals("direct") || from.scheme().equals("seda"))
                    && !used.contains(address(from))
                    && !project.main(service).mentions(address(from))) {
                findings.add(
                        flow.file().path(),
                        from.line(),
                        "nothing sends to '" + address(from) + "'",
                        "send to it from a route of the service, or remove the route.");
            }
        }
    }
}
