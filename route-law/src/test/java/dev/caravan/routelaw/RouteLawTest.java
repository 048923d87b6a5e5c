package dev.caravan.routelaw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
}
