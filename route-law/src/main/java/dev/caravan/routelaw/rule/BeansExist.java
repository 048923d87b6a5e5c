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

/** What a route calls in Java is a bean of its service or of the kernel, called by verb and object. */
public final class BeansExist implements Rule {

    private static final Set<String> STEPS = Set.of("process", "bean");
    private static final Set<String> REFERENCES =
            Set.of("aggregationStrategy", "executorService", "onPrepare", "onRedeliveryRef", "routePolicy");

    /** Components by which whoever can save a route, or steer one, could run anything. */
    private static final Set<String> PROGRAMS = Set.of("exec", "ssh", "docker", "language", "wasm");

    @Override
    public void check(Project project, Findings findings) {
        for (RouteFile file : project.routeFiles()) {
            for (Flow flow : file.flows()) {
                flow.steps().stream()
                        .filter(step -> STEPS.contains(step.name()))
                        .forEach(step -> checkStep(project, file, step, findings));
                flow.node().walk("", (key, node) -> {
                    if (key.equals("method") && node.get("ref") != null) {
                        checkBean(project, file, node.lineOf("ref"), String.valueOf(node.text("ref")), findings);
                    } else if (REFERENCES.contains(key) && node.scalar() != null) {
                        checkBean(project, file, node.line(), beanName(node.text()), findings);
                    }
                });
                for (Call call : flow.calls()) {
                    checkCall(project, file, call, findings);
                }
            }
        }
    }

    private static void checkStep(Project project, RouteFile file, Step step, Findings findings) {
        String bean = step.node().text("ref");
        if (bean == null) {
            findings.add(
                    file.path(),
                    step.node().line(),
                    "'" + step.name() + "' calls Java by something other than ref:",
                    "name a Spring bean with ref:.");
            return;
        }
        int line = step.node().lineOf("ref");
        checkBean(project, file, line, bean, findings);
        if (!Verbs.isVerbObject(Verbs.kebab(bean))) {
            findings.add(
                    file.path(),
                    line,
                    "the bean '" + bean + "' is not called by a verb and an object",
                    "rename it so that it says what it does to what, such as hashPassword" + Verbs.MEND);
        }
    }

    private static void checkCall(Project project, RouteFile file, Call call, Findings findings) {
        if (call.scheme().equals("bean") || call.scheme().equals("class")) {
            findings.add(
                    file.path(),
                    call.line(),
                    "'" + call.uri() + "' calls Java through an endpoint",
                    "call it with process: or bean: and ref:.");
        }
        if (PROGRAMS.contains(call.scheme())) {
            findings.add(
                    file.path(),
                    call.line(),
                    "'" + call.uri() + "' runs programs",
                    "leave it out; what a route needs of a program is a processor of its service.");
        }
        YamlNode parameters = call.node().get("parameters");
        if (parameters != null) {
            parameters.fields().forEach((name, value) -> {
                String bean = beanName(value.text());
                if (value.text().startsWith("#") && !bean.contains(":")) {
                    checkBean(project, file, value.line(), bean, findings);
                }
            });
        }
    }

    private static String beanName(String reference) {
        return reference.replaceFirst("^#(bean:)?", "");
    }

    private static void checkBean(Project project, RouteFile file, int line, String bean, Findings findings) {
        if (!bean.contains("{{") && !project.main(file.folder()).hasBean(bean)) {
            String type = bean.isEmpty() ? bean : Character.toUpperCase(bean.charAt(0)) + bean.substring(1);
            findings.add(
                    file.path(),
                    line,
                    "there is no bean '" + bean + "'",
                    "correct the name, or add the class " + type + " to services/" + file.folder() + ".");
        }
    }
}
