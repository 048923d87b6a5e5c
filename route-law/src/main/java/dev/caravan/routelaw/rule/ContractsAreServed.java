package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Operation;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.Rule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every RPC of a service's proto file and every operation of its OpenAPI document has a route. */
public final class ContractsAreServed implements Rule {

    @Override
    public void check(Project project, Findings findings) {
        for (String service : project.services()) {
            Set<String> starts = project.flows(service).stream()
                    .map(Flow::from)
                    .filter(from -> from != null && from.scheme().equals("direct"))
                    .map(Call::path)
                    .collect(Collectors.toSet());
            List<String> rpcs = project.rpcs(service);
            if (!rpcs.isEmpty() && project.flows(service).stream().noneMatch(ContractsAreServed::isGrpcEndpoint)) {
                findings.add(
                        project.contract(service),
                        1,
                        "no route serves this contract",
                        "add routes/" + service + "/endpoints/" + service
                                + "-grpc-endpoint.yaml that starts from grpc:.");
            }
            for (String rpc : rpcs) {
                String target = service + "-" + rpc;
                if (!starts.contains(target)) {
                    findings.add(
                            project.contract(service),
                            1,
                            "no route answers the RPC '" + rpc + "'",
                            "add " + target + ".yaml to a room of routes/" + service + " that starts from direct:"
                                    + target + ".");
                }
            }
            for (Operation operation : project.operations(service)) {
                if (!starts.contains(operation.id())) {
                    findings.add(
                            project.restContract(service),
                            operation.line(),
                            "no route answers the operation '" + operation.id() + "'",
                            "add a route that starts from direct:" + operation.id() + ".");
                }
            }
        }
    }

    private static boolean isGrpcEndpoint(Flow flow) {
        Call from = flow.from();
        return from != null && from.scheme().equals("grpc");
    }
}
