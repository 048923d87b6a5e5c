package dev.caravan.routelaw.rule;

import dev.caravan.routelaw.Findings;
import dev.caravan.routelaw.Project;
import dev.caravan.routelaw.RouteFile;
import dev.caravan.routelaw.Rule;
import dev.caravan.routelaw.Step;
import dev.caravan.routelaw.YamlNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A route decides by comparing; whatever needs a program is a bean in Java, where it is typed and tested. */
public final class LanguagesArePlain implements Rule {

    private static final Set<String> PROGRAMS = Set.of(
            "groovy",
            "js",
            "python",
            "mvel",
            "ognl",
            "joor",
            "java",
            "csimple",
            "spel",
            "wasm",
            "datasonnet",
            "language");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

    /** body, a header, a variable, a property or the exception, and getters on them. */
    private static final Pattern PLAIN =
            Pattern.compile("(body|headers?|variables?|exchangeProperty|exception|exchangeId|routeId|null)"
                    + "(\\??\\.[A-Za-z_][\\w-]*|\\??\\.(get|is|has)[A-Z]\\w*\\(\\)|\\[['\"]?[\\w.-]+['\"]?])*");

    /** Of a file that is being moved. */
    private static final Pattern FILE = Pattern.compile("file:(only)?name(\\.noext)?");

    private static final Pattern TERNARY = Pattern.compile("\\s\\?\\s.*\\s:\\s");
    private static final Pattern CHAIN = Pattern.compile("~>|\\?:|\\+\\+|--");
    private static final Pattern AND_OR = Pattern.compile("\\s(&&|\\|\\|)\\s");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            file.flows().forEach(flow -> flow.steps().forEach(step -> checkStep(file, step, findings)));
            file.root().walk("", (key, node) -> checkLanguage(file, key, node, findings));
            file.root().scalars(node -> checkReferences(file, node, findings));
        }
    }

    private static void checkStep(RouteFile file, Step step, Findings findings) {
        if (step.name().equals("script")) {
            refuse(file, step.node(), "script", findings);
        }
    }

    private static void checkLanguage(RouteFile file, String key, YamlNode node, Findings findings) {
        if (key.equals("parameters")) {
            return;
        }
        if (PROGRAMS.contains(key) && isExpression(key, node)) {
            refuse(file, node, key, findings);
        }
        if (key.equals("simple")) {
            String expression = node.scalar() != null ? node.text() : String.valueOf(node.text("expression"));
            String rest = REFERENCE.matcher(expression).replaceAll("ref");
            if (TERNARY.matcher(rest).find() || CHAIN.matcher(rest).find()) {
                findings.add(
                        file.path(),
                        node.line(),
                        "simple computes in '" + expression + "'",
                        "compute it in a bean, or decide with choice.");
            }
            if (AND_OR.matcher(rest).results().count() > 1) {
                findings.add(
                        file.path(),
                        node.line(),
                        "simple joins more than two comparisons in '" + expression + "'",
                        "decide it in a bean that sets a header, or with more branches of choice.");
            }
        }
    }

    private static boolean isExpression(String key, YamlNode node) {
        return key.equals("language")
                ? node.get("language") != null
                : node.scalar() != null || node.get("expression") != null;
    }

    private static void refuse(RouteFile file, YamlNode node, String language, Findings findings) {
        findings.add(
                file.path(),
                node.line(),
                "the language '" + language + "' is a program within the route",
                "write a bean in Java and call it with process: or bean:.");
    }

    private static void checkReferences(RouteFile file, YamlNode node, Findings findings) {
        Matcher matcher = REFERENCE.matcher(node.text());
        while (matcher.find()) {
            String reference = matcher.group(1).strip();
            if (!PLAIN.matcher(reference).matches() && !FILE.matcher(reference).matches()) {
                findings.add(
                        file.path(),
                        node.line(),
                        "'${" + reference + "}' is more than a plain reference",
                        "compute it in a bean that sets a header or the body, and refer to that.");
            }
        }
    }
}
