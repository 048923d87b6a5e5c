package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.jspecify.annotations.Nullable;

/** Hosts, ports, buckets, queues, exchanges and secrets come from the configuration. */
public final class NothingIsLiteral implements Rule {

    /** Components whose path names nothing outside the service. */
    private static final Set<String> INWARD = Set.of(
            "direct",
            "seda",
            "log",
            "timer",
            "scheduler",
            "quartz",
            "servlet",
            "platform-http",
            "rest",
            "rest-api",
            "rest-openapi",
            "bean",
            "class",
            "dataset",
            "mock",
            "controlbus",
            "micrometer");

    private static final Set<String> NAMES_ELSEWHERE =
            Set.of("queues", "queue", "deadLetterExchange", "deadLetterQueue", "bucketName", "bucketNameOrArn");

    /** What Camel counts among secrets and a source may say all the same. */
    private static final Set<String> TOLD_TO_ANYONE = Set.of(
            "username",
            "knownHosts",
            "knownHostsFile",
            "knownHostsUri",
            "strictHostKeyChecking",
            "useUserKnownHostsFile");

    private static final String PLACE = "\\{\\{[^{}]+}}";
    private static final Pattern WHOLE = Pattern.compile("(" + PLACE + ")+");
    /** What is computed is for {@link AddressesAreFixed} to judge. */
    private static final Pattern ADDRESS = Pattern.compile(PLACE + "(:" + PLACE + ")?|\\$\\{[^{}]+}");

    private static final Pattern QUERY = Pattern.compile("\\{\\{caravan\\.routes}}/[\\w-]+/sql/[\\w-]+\\.sql");
    private static final Pattern HOST = Pattern.compile(
            "\\blocalhost\\b|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\b(https?|amqps?|rediss?|jdbc:\\w+)://(?!\\{\\{)");

    private final CamelCatalog catalog = new DefaultCamelCatalog();

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            file.root().scalars(node -> {
                if (!file.isOfUsers() && HOST.matcher(node.text()).find()) {
                    findings.add(
                            file.path(),
                            node.line(),
                            "a host or URL stands literally in '" + node.text() + "'",
                            "put it into config/ and write {{its.name}} here.");
                }
            });
            for (Flow flow : file.flows()) {
                Call from = flow.from();
                if (from != null) {
                    check(file, from, findings);
                }
                flow.calls().forEach(call -> check(file, call, findings));
            }
        }
    }

    private void check(RouteFile file, Call call, Findings findings) {
        String path = call.path();
        if (!file.isOfUsers() && !pathIsPlaced(call.scheme(), path)) {
            findings.add(
                    file.path(),
                    call.line(),
                    call.scheme() + " names '" + path + "' literally",
                    call.scheme().equals("sql")
                            ? "move the statement to a file and write sql:{{caravan.routes}}/<service>/sql/<file>.sql."
                            : "put the name into config/ and write {{its.name}} here.");
        }
        ComponentModel model = catalog.componentModel(call.scheme());
        for (Map.Entry<String, String> parameter : call.parameters().entrySet()) {
            if (parameter.getValue().contains("{{") || parameter.getValue().startsWith("#")) {
                continue;
            }
            if (isSecret(model, parameter.getKey())
                    && !(file.isOfUsers() && TOLD_TO_ANYONE.contains(parameter.getKey()))) {
                findings.add(
                        file.path(),
                        call.lineOf(parameter.getKey()),
                        "the secret '" + parameter.getKey() + "' stands literally in the route",
                        "put it into the environment and write {{its.name}} here.");
            } else if (!file.isOfUsers() && NAMES_ELSEWHERE.contains(parameter.getKey())) {
                findings.add(
                        file.path(),
                        call.lineOf(parameter.getKey()),
                        "'" + parameter.getKey() + "' names '" + parameter.getValue() + "' literally",
                        "put the name into config/ and write {{its.name}} here.");
            }
        }
    }

    private static boolean pathIsPlaced(String scheme, String path) {
        if (INWARD.contains(scheme)) {
            return true;
        }
        return switch (scheme) {
            case "grpc", "http", "https" -> ADDRESS.matcher(before(path)).matches();
            case "sql" -> QUERY.matcher(path).matches();
            // AMQP's default exchange has no name of its own.
            case "spring-rabbitmq" ->
                path.equals("default") || WHOLE.matcher(path).matches();
            case "file" -> path.startsWith("{{");
            default -> WHOLE.matcher(path).matches();
        };
    }

    /** The address in front of the first slash. */
    private static String before(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static boolean isSecret(@Nullable ComponentModel model, String parameter) {
        return model != null
                && model.getEndpointOptions().stream()
                        .anyMatch(option -> option.getName().equals(parameter) && option.isSecret());
    }
}
