package dev.caravan.routelaw.rule;

import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.YamlNode;
import java.util.Locale;
import java.util.Set;

/** Every file is valid against the schema of the canonical YAML DSL. */
public final class SchemaIsKept implements Rule {

    private static final Set<String> LANGUAGES = Set.of(
            "constant",
            "simple",
            "header",
            "jsonpath",
            "jq",
            "method",
            "tokenize",
            "variable",
            "exchangeProperty",
            "xpath",
            "ref",
            "language");

    private final JsonSchema schema = CanonicalSchema.load();

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            if (file.isEmpty()) {
                continue;
            }
            for (ValidationMessage message : schema.validate(file.root().toJson())) {
                report(file, message, findings);
            }
        }
    }

    private static void report(RouteFile file, ValidationMessage message, Findings findings) {
        JsonNodePath path = message.getInstanceLocation();
        YamlNode node = file.root();
        String name = file.stem();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            YamlNode child = element instanceof Integer index ? node.items().get(index) : node.get(element.toString());
            if (child == null) {
                break;
            }
            name = element instanceof Integer ? name : element.toString();
            node = child;
        }
        if (node.text().contains("{{")) {
            // A placeholder stands for a value of any type.
            return;
        }
        String property = String.valueOf(message.getProperty());
        switch (message.getType()) {
            case "additionalProperties" ->
                findings.add(
                        file.path(),
                        node.lineOf(property),
                        "'" + name + "' has no property '" + property + "' in the canonical YAML DSL",
                        LANGUAGES.contains(property)
                                ? "put it under expression:, as in expression: {" + property + ": {expression: ...}}."
                                : "correct the name, or move it to where it belongs.");
            case "required" ->
                findings.add(
                        file.path(),
                        node.line(),
                        "'" + name + "' lacks the property '" + property + "'",
                        "add " + property + ": to it.");
            case "type" ->
                findings.add(
                        file.path(),
                        node.line(),
                        "'" + name + "' has the wrong type: " + reason(message),
                        mendType(message.getMessage(), node.text()));
            default ->
                findings.add(
                        file.path(),
                        node.line(),
                        "'" + name + "' breaks the schema: " + reason(message),
                        "change it to what the schema allows.");
        }
    }

    private static String mendType(String message, String value) {
        if (message.contains("object expected")) {
            return "write the full form, with its properties on lines of their own.";
        }
        if (message.contains("array expected")) {
            return "write a list, each item of which begins with a hyphen.";
        }
        return message.contains("string expected")
                ? "write \"" + value + "\", with quotes."
                : "write " + value + " without quotes, or a value of the expected type.";
    }

    private static String reason(ValidationMessage message) {
        String text = message.getMessage();
        int colon = text.indexOf(": ");
        String reason = colon < 0 ? text : text.substring(colon + 2);
        return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
