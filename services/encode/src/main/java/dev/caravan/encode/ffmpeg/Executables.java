package dev.caravan.encode.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks programs up as a shell does. */
final class Executables {

    /** Where a user's PATH does not always lead. */
    private static final List<String> OF_THE_SYSTEM = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private Executables() {}

    /**
     * The absolute path of a program.
     *
     * @param name also a path
     * @throws IOException when there is none
     */
    static Path find(String name) throws IOException {
        Stream<Path> places = name.contains("/")
                ? Stream.of(Path.of(name).toAbsolutePath())
                : folders().map(folder -> folder.resolve(name));
        return places.filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + name));
    }

    /** The folders of PATH, and those of the system. */
    static Stream<Path> folders() {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.concat(Pattern.compile(File.pathSeparator).splitAsStream(path), OF_THE_SYSTEM.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of);
    }
}
