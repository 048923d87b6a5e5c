package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/** Every endpoint is of a component that Camel has, with options that the component has and values that it takes. */
public final class EndpointsAreKnown implements Rule {

    private final CamelCatalog catalog = new DefaultCamelCatalog();

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                Call from = flow.from();
                if (from != null) {
                    check(project, file, from, findings);
                }
                flow.calls().forEach(call -> check(project, file, call, findings));
            }
        }
    }

    private void check(Project project, RouteFile file, Call call, Findings findings) {
        if (call.uri().contains("?")) {
            findings.add(
                    file.path(),
                    call.line(),
                    "the URI carries its options: '" + call.uri() + "'",
                    "write them below it, under parameters:.");
        }
        if (!catalog.findComponentNames().contains(call.scheme())) {
            findings.add(
                    file.path(),
                    call.line(),
                    "Camel has no component '" + call.scheme() + "'",
                    "correct the part of the URI before the colon.");
            return;
        }
        String uri = project.settings(file.folder()).resolve(call.uri().replaceFirst("\\?.*", "") + query(call));
        EndpointValidationResult result =
                catalog.validateEndpointProperties(uri, false, call.consumer(), !call.consumer());
        Reporter reporter = new Reporter(file, call, findings);
        reporter.options(result.getUnknown(), "there is no option '%s' of " + call.scheme(), "correct or remove it");
        reporter.options(result.getNotConsumerOnly(), "'%s' is an option for sending", "remove it here");
        reporter.options(notForSending(call, result), "'%s' is an option for receiving", "remove it here");
        reporter.options(result.getRequired(), "the option '%s' is missing", "add it");
        reporter.values(result.getInvalidBoolean(), "a boolean");
        reporter.values(result.getInvalidInteger(), "a whole number");
        reporter.values(result.getInvalidNumber(), "a number");
        reporter.values(result.getInvalidDuration(), "a duration");
        if (result.getInvalidEnum() != null) {
            result.getInvalidEnum().forEach((option, value) -> {
                reporter.value(option, value, "one of " + String.join(", ", result.getEnumChoices(option)));
            });
        }
        if (result.getSyntaxError() != null) {
            reporter.add(null, "the URI can't be parsed: " + result.getSyntaxError(), "correct its syntax.");
        }
    }

    private static Set<String> notForSending(Call call, EndpointValidationResult result) {
        Set<String> options = new TreeSet<>();
        if (result.getNotProducerOnly() != null) {
            options.addAll(result.getNotProducerOnly());
        }
        if (call.scheme().equals("spring-rabbitmq")) {
            // The catalogue knows it for consumers only, but a producer that declares its exchange needs it.
            options.remove("exchangeType");
        }
        return options;
    }

    private static String query(Call call) {
        String query = call.parameters().entrySet().stream()
                .map(option -> option.getKey() + "=" + encode(option.getValue()))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encode(String value) {
        return value.contains("{{") ? value : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Says what is wrong on the line of the option. */
    private record Reporter(RouteFile file, Call call, Findings findings) {

        void options(@Nullable Set<String> names, String what, String mend) {
            for (String name : names == null ? Set.<String>of() : new TreeSet<>(names)) {
                add(name, what.formatted(name), mend + "; https://camel.apache.org/components lists them.");
            }
        }

        void values(@Nullable Map<String, String> invalid, String expected) {
            if (invalid != null) {
                invalid.forEach((option, value) -> value(option, value, expected));
            }
        }

        void value(String option, String value, String expected) {
            add(
                    option,
                    "the option '" + option + "' can't be '" + value + "'",
                    "write " + expected + ", or a {{placeholder}} for it.");
        }

        void add(@Nullable String option, String what, String mend) {
            int line = option == null ? call.line() : call.lineOf(option);
            findings.add(file.path(), line, what, mend);
        }
    }
}
