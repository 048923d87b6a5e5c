package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of Prometheus say what the runbook says, and fire when they should. */
@Needs(Needs.Need.PROMETHEUS)
class AlertRulesIT {

    private static final Path PROMETHEUS = Dashboards.FOLDER.resolve("prometheus");

    @Test
    void areAConfigurationThatPrometheusTakes() throws Exception {
        assertThat(promtool(
                        "check", "config", PROMETHEUS.resolve("prometheus.yml").toString()))
                .contains("2 rule files found");
    }

    @Test
    void fireWhenSomethingIsWrongAndOnlyThen() throws Exception {
        List<String> command = new ArrayList<>(List.of("test", "rules"));
        Dashboards.files("prometheus/tests", ".yml").forEach(file -> command.add(file.toString()));

        assertThat(promtool(command.toArray(String[]::new))).contains("SUCCESS");
        String tests = Files.readString(PROMETHEUS.resolve("tests/alerts.yml"));
        assertThat(names()).allSatisfy(alert -> assertThat(tests).contains("alertname=\"" + alert + "\""));
    }

    @Test
    void leadToTheRunbookAndTheRunbookHasNoOthers() throws IOException {
        List<String> headings = Pattern.compile("(?m)^### (.+)$")
                .matcher(Files.readString(PlatformProcess.ROOT.resolve("docs/runbook.md")))
                .results()
                .map(heading -> heading.group(1))
                .toList();

        assertThat(headings).containsExactlyElementsOf(names());
        for (JsonNode alert : Dashboards.alerts()) {
            String name = alert.path("alert").asText();
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(java.util.Locale.ROOT));
            assertThat(alert.at("/annotations/summary").asText()).as(name).endsWith(".");
            assertThat(alert.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
        }
    }

    private static List<String> names() {
        return Dashboards.alerts().stream()
                .map(alert -> alert.path("alert").asText())
                .toList();
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
