package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import dev.caravan.routelaw.YamlNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No message says where it goes. Two addresses are computed. One is that of the route that answers an RPC: {@code rpc} is set by
 * the gRPC consumer from its contract, each of whose RPCs has a route, so that the contract is the list of what it can be. The
 * other is that of an instance of a service: {@code listInstances} makes it of the configuration.
 */
public final class AddressesAreFixed implements Rule {

    /** Steps that are there to compute addresses. */
    private static final Set<String> COMPUTING = Set.of("recipientList", "routingSlip", "dynamicRouter");

    /** Steps that compute the address when it is an expression. */
    private static final Set<String> EVALUATING = Set.of("toD", "wireTap", "enrich", "pollEnrich", "poll");

    /** The route that asks every instance, and how. */
    private static final String OF_INSTANCES = "api-gateway-collect-mesh";

    private static final String INSTANCE = "http:${exchangeProperty.address}/mesh";

    private static final Set<String> HTTP = Set.of("http", "https");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                boolean stripped = false;
                for (Step step : flow.steps()) {
                    checkStep(project, flow, step, stripped, findings);
                    stripped |= strips(step);
                    checkHttp(flow, step, stripped, findings);
                }
            }
        }
    }

    private static void checkStep(Project project, Flow flow, Step step, boolean stripped, Findings findings) {
        boolean computed = COMPUTING.contains(step.name())
                || EVALUATING.contains(step.name()) && isComputed(step.name(), step.node());
        if (computed && !isOfTheContract(project, flow, step) && !(stripped && isOfAnInstance(flow, step))) {
            findings.add(
                    flow.file().path(),
                    step.node().line(),
                    "'" + step.name() + "' takes its address from the message",
                    "send with to:, and decide with choice; only a route that starts from grpc: looks up its target, as"
                            + " direct:<service>-${header.rpc}, which can be nothing but an RPC of its contract.");
        }
    }

    private static boolean isComputed(String step, YamlNode node) {
        YamlNode expression = node.get("expression");
        if (expression != null) {
            return expression.fields().entrySet().stream()
                    .anyMatch(language -> !language.getKey().equals("constant"));
        }
        String uri = node.scalar() != null ? node.text() : node.text("uri");
        return step.equals("toD") || uri == null || uri.contains("${");
    }

    private static boolean isOfTheContract(Project project, Flow flow, Step step) {
        String service = flow.file().folder();
        Call from = flow.from();
        return step.name().equals("toD")
                && from != null
                && from.scheme().equals("grpc")
                && !project.rpcs(service).isEmpty()
                && ("direct:" + service + "-${header.rpc}").equals(step.node().text("uri"))
                && step.node().get("parameters") == null;
    }

    private static boolean isOfAnInstance(Flow flow, Step step) {
        return step.name().equals("toD")
                && flow.file().path().endsWith("/" + OF_INSTANCES + ".yaml")
                && INSTANCE.equals(step.node().text("uri"));
    }

    /** {@code http:} goes where {@code CamelHttpUri} and {@code CamelHttpPath} say. */
    private static void checkHttp(Flow flow, Step step, boolean stripped, Findings findings) {
        if (stripped || !step.name().equals("to")) {
            return;
        }
        String scheme = scheme(step.node().text("uri"));
        if (scheme != null && HTTP.contains(scheme)) {
            findings.add(
                    flow.file().path(),
                    step.node().line(),
                    "'" + scheme + ":' goes where headers of the message say",
                    "put removeHeaders with pattern \"*\" before it, without excluding CamelHttpUri and CamelHttpPath.");
        }
    }

    private static @Nullable String scheme(@Nullable String uri) {
        return uri == null || !uri.contains(":") ? null : uri.substring(0, uri.indexOf(':'));
    }

    private static boolean strips(Step step) {
        String excluded = step.node().text("excludePattern");
        return step.name().equals("removeHeaders")
                && step.depth() == 0
                && "*".equals(step.node().text("pattern"))
                && (excluded == null || !excluded.matches("(?i).*(camelhttp(uri|path)|[.*]).*"));
    }
}
