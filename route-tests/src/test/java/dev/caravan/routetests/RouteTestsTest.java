package dev.caravan.routetests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engineer tests a route by what he writes beside it. */
class RouteTestsTest {

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final RouteTests tests = new RouteTests(said::add);

    @Test
    void runsWhatTheDocumentShows() throws IOException {
        String document = Files.readString(Path.of("../docs/sources.md"));
        Files.writeString(
                folder.resolve("connectors-folder.yaml"), block(document, "- route:\n    id: connectors-folder"));
        Files.writeString(folder.resolve("connectors-folder.test.yml"), block(document, "- it: sets the reason"));

        tests.run(folder);

        assertThat(tests.succeeded()).as(said.toString()).isTrue();
        assertThat(said)
                .containsExactly(
                        "passed  connectors-folder sets the reason beside what is refused",
                        "passed  connectors-folder leaves what is taken as it is",
                        "passed  connectors-folder leaves a file for the next time while the platform is down",
                        "3 passed, 0 failed");
    }

    @Test
    void saysWhatIsNotAsExpected() throws IOException {
        route();
        test("""
                - it: greets
                  send: {body: Ann, headers: {word: hello}}
                  answers: {keep-greeting: {body: kept}}
                  expect:
                    keep-greeting: {times: 2, body: good day, headers: {word: bye}}
                  ends: {body: lost, properties: {mood: good}, fails: never}
                """);

        tests.run(folder.resolve("greet.yaml"));

        assertThat(tests.succeeded()).isFalse();
        assertThat(said)
                .containsExactly(
                        "FAILED  greet greets",
                        "        keep-greeting is sent to once, not 2 times",
                        "        keep-greeting is sent the body 'hello Ann from shop.name', not 'good day'",
                        "        keep-greeting is sent the header word 'hello', not 'bye'",
                        "        it does not fail, but is to fail: never",
                        "        it ends with the body 'kept', not 'lost'",
                        "        it ends with the property mood 'null', not 'good'",
                        "0 passed, 1 failed");
    }

    @Test
    void saysWhatThereIsToNameAndWhatIsNoTest() throws IOException {
        route();
        test("- it: greets\n  expect: {send-greeting: 1}\n");
        tests.run(folder.resolve("greet.test.yml"));
        test("- it: greets\n  expects: {keep-greeting: 1}\n");
        tests.run(folder);
        test("it greets");
        tests.run(folder);
        tests.run(folder.resolve("gone.yaml"));

        assertThat(said)
                .containsExactly(
                        "FAILED  greet greets",
                        "        the route sends to nothing called send-greeting, but to keep-greeting",
                        "FAILED  " + folder.resolve("greet.test.yml")
                                + ": There is no 'expects' of a test, but answers, ends, expect, it, send.",
                        "FAILED  " + folder.resolve("greet.test.yml") + ": It has to be a list of tests.",
                        "FAILED  " + folder.resolve("gone.yaml") + ": there is no such file");
        assertThat(tests.succeeded()).isFalse();
    }

    @Test
    void saysWhyARouteCannotBeRun() throws IOException {
        Files.writeString(
                folder.resolve("greet.yaml"), "- route: {id: greet, from: {uri: 'direct:a', steps: [{nothing: {}}]}}");
        test("- it: greets\n");

        tests.run(folder);

        assertThat(said).first().isEqualTo("FAILED  greet greets");
        assertThat(said.get(1)).startsWith("        the route can't be run: ").contains("nothing");
    }

    private void route() throws IOException {
        Files.writeString(folder.resolve("greet.yaml"), """
                - route:
                    id: greet
                    from:
                      uri: timer:never
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: ${header.word} ${body} from {{shop.name}}
                        - to:
                            id: keep-greeting
                            uri: direct:keep
                """);
    }

    private void test(String text) throws IOException {
        Files.writeString(folder.resolve("greet.test.yml"), text);
    }

    private static String block(String document, String beginning) {
        Matcher block = Pattern.compile("```yaml\\n(" + Pattern.quote(beginning) + ".*?)```", Pattern.DOTALL)
                .matcher(document);
        assertThat(block.find()).as(beginning).isTrue();
        return block.group(1);
    }
}
