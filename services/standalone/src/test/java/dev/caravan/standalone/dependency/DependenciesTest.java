package dev.caravan.standalone.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.components.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DependenciesTest {

    private static final Path ROOT = Path.of(System.getProperty("caravan.root", "../.."));
    private static final String BEGIN = "<!-- advisories: made from advisories.yaml by ./caravan dependencies -->\n";
    private static final String END = "\n<!-- end of advisories -->";

    private static List<Sbom.Component> ships;
    private static Dependencies dependencies;
    private static Advisories advisories;

    @BeforeAll
    static void read() throws IOException {
        dependencies = new Dependencies(ROOT);
        ships = new ArrayList<>(Sbom.read());
        ships.addAll(dependencies.vendored());
        advisories = new Advisories(ROOT.resolve("docs/advisories.yaml"));
    }

    @Test
    void areWrittenDownByTheBuild() {
        assertThat(ships)
                .extracting(Sbom.Component::artifact)
                .contains("org.apache.camel:camel-sql", "org.springframework:spring-core", "org.postgresql:postgresql")
                .doesNotContain("org.assertj:assertj-core");
    }

    @Test
    void haveAReasonEach() {
        assertThat(dependencies.reasons().keySet())
                .as("docs/dependencies.yaml")
                .containsExactlyInAnyOrderElementsOf(dependencies.declared().keySet());
        assertThat(dependencies.reasons().values()).allMatch(reason -> reason.length() > 4);
    }

    @Test
    void shipUnderLicencesThatMayBe() {
        assertThat(ships)
                .filteredOn(component -> !dependencies.mayShip(component))
                .as("neither allowed nor an exception in docs/dependencies.yaml")
                .isEmpty();
    }

    @Test
    void shipInNoAffectedVersionWithoutAWordOnWhatStopsIt() throws IOException {
        Map<String, String> tests = tests();
        for (Advisories.Advisory advisory : advisories.all()) {
            assertThat(advisory.affected()).as(advisory.cve()).isNotEmpty();
            if (advisory.affecting(ships).isPresent()) {
                assertThat(advisory.stops())
                        .as("%s is about %s", advisory.cve(), advisory.affecting(ships))
                        .isNotBlank();
            } else {
                assertThat(advisory.stops())
                        .as(advisory.cve() + " is about nothing that ships so")
                        .isBlank();
            }
            for (String shown : advisory.shown()) {
                String[] test = shown.split("#", 2);
                assertThat(tests).as(advisory.cve()).containsKey(test[0]);
                assertThat(test.length == 1 || tests.get(test[0]).contains(" " + test[1] + "("))
                        .as("%s: %s", advisory.cve(), shown)
                        .isTrue();
            }
        }
    }

    @Test
    void areDescribedAsTheyAre() throws IOException {
        Path list = ROOT.resolve("docs/dependencies.md");
        Path security = ROOT.resolve("docs/security.md");
        String text = Files.readString(security);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String table = advisories.render(ships);
        if (Boolean.getBoolean("caravan.dependencies.write")) {
            Files.writeString(list, dependencies.render(ships));
            Files.writeString(security, text.substring(0, begin) + table + text.substring(end));
            return;
        }
        assertThat(list).as("./caravan dependencies writes it anew").hasContent(dependencies.render(ships));
        assertThat(text.substring(begin, end))
                .as("./caravan dependencies writes it anew")
                .isEqualTo(table);
    }

    @ParameterizedTest
    @CsvSource({
        "4.17.0, 4.15.0..4.18.3, true",
        "4.18.3, 4.15.0..4.18.3, false",
        "4.1.135.Final, 4.1.0..4.1.136, true",
        "4.1.140.Final, 4.1.0..4.1.136, false",
        "2.0.0-M4, 2.0.0-M1..2.0.0-M4, false",
        "2.0.0-M3, 2.0.0-M1..2.0.0-M4, true",
        "2.0.0, 2.0.0-M1..2.0.0-M4, false",
        "1.86, 1.66..1.85, false",
        "33.5.0-jre, 32.0.0..33.5.1, true"
    })
    void haveVersionsInAnOrder(String version, String range, boolean in) {
        assertThat(Versions.isIn(version, range)).isEqualTo(in);
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> modules = Stream.concat(Files.list(ROOT), Files.list(ROOT.resolve("services")))) {
            modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .forEach(folders::add);
        }
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = Objects.requireNonNull(file.getFileName()).toString();
                    tests.put(name.replace(".java", ""), Files.readString(file));
                }
            }
        }
        return tests;
    }
}
