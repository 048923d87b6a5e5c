package dev.caravan.components;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.catalog.DefaultCamelCatalog;

/**
 * Writes down what is added to the connectors service; Maven brings it. Run in the project's folder by {@code ./caravan}:
 *
 * <ul>
 *   <li>{@code add NAME...} and {@code remove NAME...}: in services/connectors/components/pom.xml
 *   <li>{@code lock LIST}, {@code check LIST}: the jars of LIST, which Maven wrote, in services/connectors/components.lock
 *   <li>{@code advise LIST}: fails when an advisory is known for one of these jars
 *   <li>{@code list}: components that the service has
 * </ul>
 */
public final class Components {

    private static final Path SERVICE = Path.of("services/connectors");
    private static final Pattern STARTER = Pattern.compile("<artifactId>(camel-[a-z0-9-]+?)-starter</artifactId>");

    private Components() {}

    public static void main(String[] arguments) throws IOException {
        try {
            List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
            switch (arguments[0]) {
                case "add" -> add(rest);
                case "remove" -> remove(rest);
                case "lock" -> Lock.write(lock(), Lock.listed(Path.of(rest.get(0))));
                case "check" -> Lock.check(lock(), Lock.listed(Path.of(rest.get(0))));
                case "advise" -> advise(Lock.listed(Path.of(rest.get(0))));
                case "list" -> list();
                default -> throw new UsageException("There is no " + arguments[0] + ".");
            }
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void add(List<String> names) throws IOException {
        SortedSet<Coordinate> added = added().read();
        SortedSet<String> shipped = shipped();
        Catalog catalog = new Catalog();
        for (String name : names) {
            Coordinate found = catalog.find(name);
            if (shipped.contains(found.artifact())) {
                System.out.println(name + " is there already (" + found.artifact() + ").");
            } else {
                added.removeIf(one ->
                        one.group().equals(found.group()) && one.artifact().equals(found.artifact()));
                added.add(found);
            }
        }
        added().write(added);
    }

    private static void remove(List<String> names) throws IOException {
        SortedSet<Coordinate> added = added().read();
        Catalog catalog = new Catalog();
        for (String name : names) {
            Coordinate found = catalog.find(name);
            if (!added.removeIf(
                    one -> one.group().equals(found.group()) && one.artifact().equals(found.artifact()))) {
                throw new UsageException(name + " was not added.");
            }
        }
        added().write(added);
    }

    private static void advise(SortedMap<Coordinate, Path> jars) throws IOException {
        Advisories advisories = new Advisories(Path.of("docs/advisories.yaml"));
        List<String> known = new ArrayList<>();
        jars.keySet().forEach(jar -> known.addAll(advisories.of(jar)));
        if (!known.isEmpty()) {
            throw new UsageException("Known weaknesses:\n  " + String.join("\n  ", known));
        }
    }

    private static void list() throws IOException {
        Catalog catalog = new Catalog();
        System.out.println("The connectors service has:");
        shipped().stream()
                .flatMap(artifact -> catalog.components(artifact).stream())
                .sorted()
                .forEach(System.out::println);
        SortedSet<Coordinate> added = added().read();
        if (!added.isEmpty()) {
            System.out.println("Added:");
            for (Coordinate one : added) {
                List<String> lines = catalog.components(one.artifact());
                (lines.isEmpty() ? List.of("  " + one) : lines).forEach(System.out::println);
            }
        }
        System.out.println("./caravan add COMPONENT adds one of Camel's others.");
    }

    private static SortedSet<String> shipped() throws IOException {
        SortedSet<String> artifacts = new TreeSet<>();
        Matcher starters = STARTER.matcher(Files.readString(SERVICE.resolve("pom.xml")));
        while (starters.find()) {
            artifacts.add(starters.group(1));
        }
        return artifacts;
    }

    private static Added added() {
        return new Added(SERVICE.resolve("components/pom.xml"), new DefaultCamelCatalog().getCatalogVersion());
    }

    private static Path lock() {
        return SERVICE.resolve("components.lock");
    }
}
