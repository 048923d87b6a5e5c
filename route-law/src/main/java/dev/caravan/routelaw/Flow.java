package dev.caravan.routelaw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one thing that a route file declares.
 *
 * @param kind route, routeConfiguration, rest or restConfiguration
 * @param node what stands under it
 */
public record Flow(RouteFile file, String kind, YamlNode node) {

    public boolean isRoute() {
        return kind.equals("route");
    }

    /** The id (of REST from a contract: the id of its route), or the empty string. */
    public String id() {
        String id = node.text("id");
        YamlNode contract = node.get("openApi");
        if (id == null && contract != null) {
            id = contract.text("routeId");
        }
        return id == null ? "" : id;
    }

    /** What to call it in a message, also without an id. */
    public String name() {
        return id().isEmpty() ? file.stem() : id();
    }

    /** The description, or the empty string. */
    public String description() {
        String description = node.text("description");
        return description == null ? "" : description;
    }

    /** The endpoint that the route starts from, or null. */
    public @Nullable Call from() {
        YamlNode from = node.get("from");
        return from == null ? null : Call.of("from", from);
    }

    /** All steps, in the order of the file, those within others after the one they stand in. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        collect(node, 0, steps);
        return steps;
    }

    private static void collect(YamlNode node, int depth, List<Step> steps) {
        node.fields().forEach((key, value) -> {
            if (key.equals("steps")) {
                for (YamlNode item : value.items()) {
                    item.fields().forEach((name, body) -> {
                        steps.add(new Step(name, body, depth));
                        collect(body, depth + 1, steps);
                    });
                }
            } else {
                collect(value, depth, steps);
            }
        });
        node.items().forEach(item -> collect(item, depth, steps));
    }

    /** All endpoints that it sends to or polls, without the one that it starts from. */
    public List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        collectCalls(node, calls);
        return calls;
    }

    private static void collectCalls(YamlNode node, List<Call> calls) {
        node.fields().forEach((key, value) -> {
            Call call = key.equals("from") ? null : Call.of(key, value);
            if (call != null) {
                calls.add(call);
            }
            // An option may be called like a step.
            if (!key.equals("parameters")) {
                collectCalls(value, calls);
            }
        });
        node.items().forEach(item -> collectCalls(item, calls));
    }
}
