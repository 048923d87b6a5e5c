package dev.caravan.routelaw.docs;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the flows of a project send to. */
final class Links {

    private final Project project;

    Links(Project project) {
        this.project = project;
    }

    /** Where a flow's messages go, in the order of the route, without what it only logs. */
    List<Endpoint> to(Flow flow) {
        Settings settings = project.settings(flow.file().folder());
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (Call call : flow.calls()) {
            if (call.uri().startsWith("direct:") && call.uri().contains("${")) {
                endpoints.addAll(dispatched(flow));
            } else if (!call.scheme().equals("log")) {
                endpoints.add(Endpoint.of(call, settings));
            }
        }
        if (flow.kind().equals("rest")) {
            project.operations(flow.file().folder())
                    .forEach(operation -> endpoints.add(new Endpoint("", "", operation.id())));
        }
        return new ArrayList<>(endpoints);
    }

    /** A gRPC endpoint looks up its route by the RPC's name. */
    private List<Endpoint> dispatched(Flow flow) {
        String service = flow.file().folder();
        return project.rpcs(service).stream()
                .map(rpc -> new Endpoint("", "", service + "-" + rpc))
                .toList();
    }

    /** Where a flow's messages come from. */
    Endpoint from(Flow flow) {
        Call from = flow.from();
        if (from != null) {
            return Endpoint.of(from, project.settings(flow.file().folder()));
        }
        return new Endpoint("HTTP", Endpoint.CLIENTS, "openapi.yaml");
    }

    /** The routes and route configurations of the same service that send to a route, or the Java code that does. */
    List<String> callers(Flow flow) {
        Endpoint wanted = from(flow);
        List<String> callers = project.flows(flow.file().folder()).stream()
                .filter(other -> to(other).contains(wanted))
                .map(Flow::name)
                .toList();
        return callers.isEmpty() ? List.of("Java") : callers;
    }

    /** The flows of a service that messages run through. */
    List<Flow> running(String service) {
        return project.flows(service).stream()
                .filter(flow -> flow.isRoute() || flow.kind().equals("rest"))
                .toList();
    }

    /** The flows of a folder that say what happens to errors. */
    List<Flow> configurations(String folder) {
        return project.flows(folder).stream()
                .filter(flow -> flow.kind().equals("routeConfiguration"))
                .toList();
    }
}
