package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/problems.md has each problem that a service or a route names. */
class ProblemsTest {

    private static final Path ROOT = Path.of(System.getProperty("caravan.root"));
    private static final Path CONNECTORS = ROOT.resolve("services/connectors/src/main/java");

    private static final Pattern IN_JAVA = Pattern.compile(
            "(?:Fault\\s*\\.(?:of|notFound|conflict|forbidden|unauthenticated|precondition|unavailable|exhausted)|refuse|write|Problem\\.of)\\("
                    + "(?:[^\"();]*,)?\\s*\"([A-Z]+(?:_[A-Z]+)*)\"");
    private static final Pattern CONSTANT =
            Pattern.compile("public static final String [A-Z_]+ = \"([A-Z]+(?:_[A-Z]+)+)\"");
    private static final Pattern IN_ROUTES = Pattern.compile("message: \"[A-Z_]+ ([A-Z_]+) ");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");

    @Test
    void eachProblemIsExplained() throws IOException {
        Set<String> named = named(Files.readString(ROOT.resolve("docs/problems.md")));
        Set<String> told = new TreeSet<>(found(ROOT.resolve("routes"), ".yaml", IN_ROUTES));
        try (Stream<Path> services = Files.list(ROOT.resolve("services"))) {
            for (Path service : services.map(folder -> folder.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(CONNECTORS))
                    .toList()) {
                told.addAll(found(service, ".java", IN_JAVA));
            }
        }
        told.addAll(
                found(ROOT.resolve("services/kernel/src/main/java/dev/caravan/kernel/http"), "Problem.java", CONSTANT));
        assertThat(told).hasSizeGreaterThan(70);
        assertThat(named).containsAll(told);
    }

    /** They are no answers of the API but reasons in its list of what sources have shown. */
    @Test
    void eachReasonOfSourcesIsExplained() throws IOException {
        String document = Files.readString(ROOT.resolve("docs/sources.md"));
        Set<String> told = found(CONNECTORS, ".java", IN_JAVA);
        assertThat(told).hasSizeGreaterThan(4);
        assertThat(told)
                .allMatch(name ->
                        document.contains("`" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "`"));
    }

    @Test
    void eachProblemThatIsExplainedIsThere() throws IOException {
        String sources = Stream.of("services", "routes")
                .flatMap(folder -> read(ROOT.resolve(folder)).stream())
                .collect(Collectors.joining("\n"));
        // Made of the status by Problem.reason.
        Set<String> ofStatus = Set.of("resource-not-found", "method-not-allowed");
        assertThat(named(Files.readString(ROOT.resolve("docs/problems.md"))))
                .allMatch(name -> ofStatus.contains(name)
                        || sources.contains(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private static Set<String> named(String text) {
        return NAMED.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Path folder, String ending, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .flatMap(file -> pattern.matcher(text(file)).results())
                    .map(match -> match.group(1).toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> read(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> file.toString().matches(".*\\.(java|yaml)"))
                    .map(ProblemsTest::text)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
