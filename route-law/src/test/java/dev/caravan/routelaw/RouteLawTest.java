package dev.caravan.routelaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouteLawTest {

    @Test
    void isKeptByEveryRouteOfThisCheckout() {
        List<Violation> violations = RouteLaw.check(Fixtures.root());

        assertThat(violations)
                .withFailMessage(() -> "The route law is broken in " + violations.size() + " places:\n"
                        + violations.stream().map(Violation::toString).collect(Collectors.joining("\n")))
                .isEmpty();
    }

    @Test
    void saysNothingAboutGoodRoutes(@TempDir Path project) {
        Fixtures.copyKept(project);

        assertThat(RouteLaw.check(project)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.caravan.routelaw.Fixtures#broken")
    void findsThePlantedViolationAndSaysHowToMendIt(String name, @TempDir Path project) throws IOException {
        Fixtures.copyKept(project);
        Fixtures.copyBroken(name, project);

        assertThat(RouteLaw.check(project).stream().map(Violation::toString))
                .containsExactlyElementsOf(Fixtures.expected(name));
    }

    /** An engineer who saves what docs/sources.md shows breaks no build. */
    @Test
    void isKeptByTheSourcesOfTheDocument(@TempDir Path project) throws IOException {
        for (String part : List.of("routes", "config", "proto")) {
            Fixtures.copy(Fixtures.root().resolve(part), project.resolve(part));
        }
        for (String service : List.of(
                "user",
                "authentication",
                "upload",
                "encode",
                "video-catalog",
                "cdn-edge",
                "api-gateway",
                "connectors")) {
            Fixtures.copy(
                    Fixtures.root().resolve("services/" + service + "/src"),
                    project.resolve("services/" + service + "/src"));
        }
        List<String> before =
                RouteLaw.check(project).stream().map(Violation::toString).toList();
        Matcher block = Pattern.compile("```yaml\\n(- route:\\n    id: ([\\w-]+)\\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Fixtures.root().resolve("docs/sources.md")));
        int sources = 0;
        for (; block.find(); sources++) {
            Files.writeString(project.resolve("routes/connectors/sources/" + block.group(2) + ".yaml"), block.group(1));
        }

        assertThat(sources).isEqualTo(3);
        assertThat(RouteLaw.check(project).stream().map(Violation::toString)).containsExactlyElementsOf(before);
    }
}
