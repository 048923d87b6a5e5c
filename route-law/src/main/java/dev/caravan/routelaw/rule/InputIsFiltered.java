package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Operation;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whoever reaches a route from outside sends headers too, and Camel's components take orders from headers: a route that starts
 * from a transport begins by removing all headers but those that it names. A route that answers an operation of a REST contract
 * does so itself, or hands over at once to one that does.
 */
public final class InputIsFiltered implements Rule {

    /** What the service gives itself: its other routes, its clock and its own tables. Everything else is a transport. */
    private static final Set<String> INTERNAL = Set.of("direct", "seda", "timer", "scheduler", "cron", "quartz", "sql");

    /** Where the steps of a Kamelet get what its caller sends; other Kamelets that a route starts from are transports. */
    private static final String INSIDE_A_KAMELET = "kamelet:source";

    /** What the consumer of a transport itself says of a request or a message, whatever its sender says. */
    private static final Map<String, Set<String>> OF_THE_CONSUMER = Map.of(
            "spring-rabbitmq", Set.of("camelspringrabbitmqcontenttype"),
            "platform-http", Set.of("camelhttpmethod", "camelhttpquery", "camelhttpuri"),
            "aws2-s3", Set.of("camelawss3key", "camelawss3etag", "camelawss3contentlength"),
            "ftp", Set.of("camelremotefileinputstream"),
            "ftps", Set.of("camelremotefileinputstream"),
            "servlet", Set.of("camelhttpmethod", "camelhttpquery", "camelhttpuri"));

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final String MEND =
            "begin with removeHeaders, pattern \"*\", and let excludePattern name the headers that the"
                    + " route needs, with | between them.";

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                Call from = flow.from();
                if (from != null
                        && !INTERNAL.contains(from.scheme())
                        && !from.uri().equals(INSIDE_A_KAMELET)) {
                    checkStart(flow, from, findings);
                }
            }
        }
        for (String service : project.services()) {
            project.operations(service).forEach(operation -> checkOperation(project, service, operation, findings));
        }
    }

    private static void checkStart(Flow flow, Call from, Findings findings) {
        YamlNode removal = removal(flow);
        if (removal == null) {
            findings.add(
                    flow.file().path(),
                    from.line(),
                    "the headers that come by " + from.scheme() + ": are taken as they come",
                    MEND);
            return;
        }
        checkNames(flow, removal, from.scheme(), findings);
    }

    private static void checkNames(Flow flow, YamlNode removal, String scheme, Findings findings) {
        for (String name : names(removal)) {
            if (!NAME.matcher(name).matches()) {
                findings.add(
                        flow.file().path(),
                        removal.lineOf("excludePattern"),
                        "'" + name + "' is not the name of a header",
                        "write whole names, with | between them.");
            } else if (steers(name, scheme)) {
                findings.add(
                        flow.file().path(),
                        removal.lineOf("excludePattern"),
                        "the header '" + name + "' comes from outside, and components take orders from it",
                        "leave it out, and set it in the route of what was checked.");
            }
        }
    }

    private static boolean steers(String name, String scheme) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("camel")
                && !OF_THE_CONSUMER.getOrDefault(scheme, Set.of()).contains(lower);
    }

    private static void checkOperation(Project project, String service, Operation operation, Findings findings) {
        Flow answer = startingFrom(project, service, "direct:" + operation.id());
        if (answer == null) {
            return; // another rule says so
        }
        Flow filter = answer;
        YamlNode removal = removal(filter);
        String next = target(answer);
        if (removal == null && next != null && startingFrom(project, service, next) != null) {
            filter = startingFrom(project, service, next);
            removal = filter == null ? null : removal(filter);
        }
        if (filter == null || removal == null) {
            findings.add(
                    answer.file().path(),
                    answer.node().line(),
                    "the headers that come by REST are taken as they come",
                    MEND + " Or begin with a route that does so.");
            return;
        }
        List<String> kept = names(removal);
        for (String parameter : operation.parameters()) {
            if (kept.stream().noneMatch(parameter::equalsIgnoreCase)) {
                findings.add(
                        filter.file().path(),
                        removal.line(),
                        "the parameter '" + parameter + "' of the operation '" + operation.id() + "' is removed",
                        "name it in excludePattern.");
            }
        }
        // REST is served by platform-http.
        checkNames(filter, removal, "platform-http", findings);
    }

    private static @Nullable Flow startingFrom(Project project, String service, String address) {
        return project.flows(service).stream()
                .filter(flow -> flow.from() != null && flow.from().uri().equals(address))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable YamlNode first(Flow flow) {
        YamlNode from = flow.node().get("from");
        YamlNode steps = from == null ? null : from.get("steps");
        return steps == null || steps.items().isEmpty() ? null : steps.items().get(0);
    }

    /** Where a route hands over to with its first step; null when it does something else. */
    private static @Nullable String target(Flow flow) {
        YamlNode first = first(flow);
        YamlNode to = first == null ? null : first.get("to");
        return to == null ? null : to.text("uri");
    }

    /** The removal of all headers that is a route's first step; null when it is none. */
    private static @Nullable YamlNode removal(Flow flow) {
        YamlNode first = first(flow);
        YamlNode removal = first == null ? null : first.get("removeHeaders");
        return removal != null && "*".equals(removal.text("pattern")) ? removal : null;
    }

    private static List<String> names(YamlNode removal) {
        String excluded = removal.text("excludePattern");
        List<String> names = new ArrayList<>();
        if (excluded != null) {
            names.addAll(List.of(excluded.split("\\|", -1)));
        }
        return names;
    }
}
