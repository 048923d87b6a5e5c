package dev.caravan.routetests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs tests of routes: of {@code x.yaml} they are in {@code x.test.yml} beside it. */
public final class RouteTests {

    private static final String TEST = ".test.yml";

    private final Consumer<String> say;
    private int passed;
    private int failed;

    RouteTests(Consumer<String> say) {
        this.say = say;
    }

    /** @param arguments files, of routes or of tests, or folders with some */
    public static void main(String[] arguments) throws IOException {
        RouteTests tests = new RouteTests(System.out::println);
        for (String argument : arguments) {
            tests.run(Path.of(argument));
        }
        System.exit(tests.succeeded() ? 0 : 1);
    }

    boolean succeeded() {
        say.accept(passed + " passed, " + failed + " failed");
        return failed == 0 && passed > 0;
    }

    void run(Path path) throws IOException {
        if (!Files.exists(path)) {
            fail(path + ": there is no such file");
        } else if (Files.isDirectory(path)) {
            List<Path> tests;
            try (Stream<Path> files = Files.walk(path)) {
                tests = files.filter(file -> file.toString().endsWith(TEST))
                        .sorted()
                        .toList();
            }
            for (Path test : tests) {
                runFile(test);
            }
        } else {
            runFile(path.toString().endsWith(TEST) ? path : sibling(path, ".yaml", TEST));
        }
    }

    private void runFile(Path tests) throws IOException {
        Path route = sibling(tests, TEST, ".yaml");
        if (!Files.exists(tests) || !Files.exists(route)) {
            fail((Files.exists(route) ? tests : route) + ": there is no such file");
            return;
        }
        List<Case> cases;
        try {
            cases = Case.read(tests);
        } catch (IllegalArgumentException e) {
            fail(tests + ": " + e.getMessage());
            return;
        }
        for (Case test : cases) {
            run(route, test);
        }
    }

    private void run(Path route, Case test) {
        String name = route.getFileName().toString().replaceFirst("\\.yaml$", "") + " " + test.it();
        try {
            List<String> wrong = new RouteTest(route, test).run();
            if (wrong.isEmpty()) {
                passed++;
                say.accept("passed  " + name);
            } else {
                fail(name);
                wrong.forEach(sentence -> say.accept("        " + sentence));
            }
        } catch (Exception | LinkageError e) {
            fail(name);
            say.accept("        the route can't be run: " + innermost(e));
        }
    }

    private void fail(String what) {
        failed++;
        say.accept("FAILED  " + what);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static Path sibling(Path file, String suffix, String other) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        return file.resolveSibling(stem + other);
    }
}
