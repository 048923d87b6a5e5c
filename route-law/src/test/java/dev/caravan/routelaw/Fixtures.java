package dev.caravan.routelaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A small project that keeps the law, and changes to it that break the law in one way each. */
public final class Fixtures {

    static final String EXPECTED = "expected.txt";

    private static final Path LAW = root().resolve("route-law/src/test/resources/law");

    private Fixtures() {}

    /** The checkout: where the build says, or the nearest folder upwards that has routes and a Maven wrapper. */
    public static Path root() {
        String given = System.getProperty("caravan.root");
        if (given != null) {
            return Path.of(given);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null
                && !(Files.isDirectory(folder.resolve("routes")) && Files.exists(folder.resolve("mvnw")))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("No checkout above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    /** The names of the planted violations. */
    static List<String> broken() {
        try (Stream<Path> cases = Files.list(LAW.resolve("broken"))) {
            return cases.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the law has to say about a planted violation. */
    static List<String> expected(String name) throws IOException {
        return Files.readAllLines(LAW.resolve("broken").resolve(name).resolve(EXPECTED));
    }

    /** A file beside the fixtures. */
    public static String read(String name) throws IOException {
        return Files.readString(LAW.resolve(name));
    }

    public static void copyKept(Path target) {
        copy(LAW.resolve("kept"), target);
    }

    static void copyBroken(String name, Path target) {
        copy(LAW.resolve("broken").resolve(name), target);
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
