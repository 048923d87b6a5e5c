package dev.caravan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What observability/ asks of Prometheus and Loki: each query of each panel, variable, rule and alert. */
final class Dashboards {

    static final Path FOLDER = PlatformProcess.ROOT.resolve("observability");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Pattern COMPARISON = Pattern.compile("(.*)\\s[<>]\\s*[\\d.]+\\s*", Pattern.DOTALL);
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((?:(.+), )?(\\w+)\\)");

    private Dashboards() {}

    /**
     * A query.
     *
     * @param where file and panel or alert
     * @param text as it is sent when all values of all variables are chosen
     */
    record Query(String where, String text) {
        @Override
        public String toString() {
            return where + ": " + text;
        }
    }

    /** Of a data source by its type, as it is asked over some minutes. */
    static List<Query> of(String source) {
        List<Query> queries = new ArrayList<>();
        for (Path file : files("grafana/dashboards", ".json")) {
            JsonNode dashboard = read(JSON, file);
            String title = dashboard.path("title").asText();
            for (JsonNode panel : dashboard.path("panels")) {
                if (panel.at("/datasource/type").asText().equals(source)) {
                    for (JsonNode target : panel.path("targets")) {
                        queries.add(new Query(
                                title + " / " + panel.path("title").asText(),
                                filled(target.path("expr").asText(), dashboard)));
                    }
                }
            }
            for (JsonNode variable : dashboard.at("/templating/list")) {
                Matcher values = LABEL_VALUES.matcher(variable.path("query").asText());
                if (variable.at("/datasource/type").asText().equals(source)
                        && values.matches()
                        && values.group(1) != null) {
                    queries.add(new Query(
                            title + " / $" + variable.path("name").asText(),
                            "count by (" + values.group(2) + ") (" + filled(values.group(1), dashboard) + ")"));
                }
            }
        }
        return queries;
    }

    /** What each rule records, and each alert compares: an alert that does not fire has no data of its own. */
    static List<Query> rules() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode rule : allRules()) {
            String expression = rule.path("expr").asText();
            if (rule.has("alert")) {
                Matcher comparison = COMPARISON.matcher(expression);
                if (!comparison.matches()) {
                    throw new AssertionError(rule.path("alert") + " does not end in a comparison with a number");
                }
                queries.add(new Query(rule.path("alert").asText(), comparison.group(1)));
            } else {
                queries.add(new Query(rule.path("record").asText(), expression));
            }
        }
        return queries;
    }

    static List<JsonNode> alerts() {
        return allRules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static List<Path> files(String folder, String suffix) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        return read(YAML, file);
    }

    private static List<JsonNode> allRules() {
        List<JsonNode> rules = new ArrayList<>();
        for (Path file : files("prometheus/rules", ".yml")) {
            yaml(file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        }
        return rules;
    }

    private static String filled(String query, JsonNode dashboard) {
        String filled = query;
        for (JsonNode variable : dashboard.at("/templating/list")) {
            filled = filled.replace(
                    "$" + variable.path("name").asText(),
                    variable.path("allValue").asText("1"));
        }
        return filled.replace("$__rate_interval", "2m")
                .replace("$__range", "5m")
                .replace("$__interval", "1m");
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
