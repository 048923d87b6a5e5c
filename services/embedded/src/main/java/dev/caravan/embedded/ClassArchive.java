package dev.caravan.embedded;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of this virtual machine as the next one of the same class path maps them into its memory, in the place of
 * reading and verifying one after the other (class data sharing).
 *
 * <p>It is made by a virtual machine of its own, which gives way to all others and ends with this one. A start without an
 * archive is as good and takes longer, so what goes wrong is told to the log alone.
 */
public final class ClassArchive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.+)\\.class");
    private static final String PROXY = "@lambda-proxy ";

    private final Path archive;
    private final Path loaded;
    private final Thread thread = new Thread(this::make, "class-archive");
    private final Path draft;

    private ClassArchive(Path archive, Path loaded) {
        this.archive = archive;
        this.loaded = loaded;
        this.draft = loaded.resolveSibling(loaded.getFileName() + ".jsa");
    }

    /**
     * Begins to make one.
     *
     * @param archive the file that {@code -XX:SharedArchiveFile} will name; it appears whole or not at all
     * @param loaded what {@code -XX:DumpLoadedClassList} of this virtual machine names; it is deleted in the end
     */
    public static ClassArchive begin(Path archive, Path loaded) {
        ClassArchive making = new ClassArchive(archive, loaded);
        making.thread.setDaemon(true);
        making.thread.start();
        return making;
    }

    /** Gives up what is not made yet. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        try {
            Path list = loaded.resolveSibling(loaded.getFileName() + ".shared");
            Path log = loaded.resolveSibling(loaded.getFileName() + ".log");
            try {
                Files.write(list, shareable(Files.readAllLines(loaded)));
                dump(list, log);
                Files.move(draft, archive, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                for (Path file : List.of(loaded, list, log, draft)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | EmbeddedServerException e) {
            LOG.info("The classes of this start are not kept for the next one: {}", e.getMessage());
        }
    }

    private void dump(Path list, Path log) {
        List<String> command = new ArrayList<>();
        Path nice = Executables.find("nice");
        if (nice != null) {
            command.addAll(List.of(nice.toString(), "-n", "19"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Objects are laid out after these.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Xmx") || argument.matches("-XX:\\+Use\\w+GC"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + draft,
                "-cp",
                System.getProperty("java.class.path")));
        try (ChildProcess child = ChildProcess.start(new ChildProcess.Program(
                "The archive of classes",
                command,
                Path.of("").toAbsolutePath(),
                log,
                "KILL",
                Duration.ofSeconds(1),
                Map.of()))) {
            Integer code = child.awaitExit(LIMIT);
            if (code == null || code != 0) {
                throw child.failure(code == null ? " took too long." : " ended with code " + code + ".");
            }
        }
    }

    /**
     * Without those that a jar has a version of for newer Java: whoever asks for their bytes later, as Flight Recorder and
     * agents do, ends JDK 17.
     */
    private static List<String> shareable(List<String> lines) throws IOException {
        Set<String> versioned = versioned();
        return lines.stream().filter(line -> !versioned.contains(name(line))).toList();
    }

    /** Of the class that a line is about, or that a lambda of it is in. */
    private static String name(String line) {
        String rest = line.startsWith(PROXY) ? line.substring(PROXY.length()) : line;
        int end = rest.indexOf(' ');
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static Set<String> versioned() throws IOException {
        Set<String> names = new HashSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                try (JarFile jar = new JarFile(entry);
                        Stream<String> files = jar.stream().map(Object::toString)) {
                    files.map(VERSIONED::matcher)
                            .filter(Matcher::matches)
                            .forEach(versioned -> names.add(versioned.group(1)));
                }
            }
        }
        return names;
    }
}
