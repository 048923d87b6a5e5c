package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the dashboards ask of Loki is LogQL, by Grafana's own parser. */
@Needs(Needs.Need.LOGQL)
class LogQueriesIT {

    @Test
    void areLogQl() throws Exception {
        List<String> queries =
                Dashboards.of("loki").stream().map(Dashboards.Query::text).toList();
        assertThat(queries).hasSizeGreaterThan(3);

        List<String> answers = check(queries);

        assertThat(answers).hasSameSizeAs(queries).allMatch("ok"::equals);
    }

    @Test
    void areToldFromWhatIsNone() throws Exception {
        assertThat(check(List.of("{service=}"))).singleElement().asString().startsWith("wrong at");
    }

    private static List<String> check(List<String> queries) throws Exception {
        Path program = PlatformProcess.ROOT.resolve("e2e/logql/check.mjs");
        Process node = new ProcessBuilder("node", program.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = node.getOutputStream()) {
            input.write(
                    queries.stream().collect(Collectors.joining("\n", "", "\n")).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
