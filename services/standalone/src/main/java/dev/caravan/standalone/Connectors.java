package dev.caravan.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.embedded.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connectors service, in a process of its own, because its class path is one: it runs while there is a source, and starts anew
 * when it has ended or was built anew, as {@code ./caravan add} does. It runs from a copy, so that a build does it no harm.
 */
final class Connectors implements AutoCloseable {

    static final String NAME = "connectors";

    private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);
    private static final Duration GRACE = Duration.ofSeconds(15);
    /** Between two starts, so that one that can't run takes not all of the machine. */
    private static final Duration REST = Duration.ofSeconds(20);

    private static final long PERIOD_MILLIS = 1000;

    private final Path built;
    private final @Nullable Path stamp;
    private final Path sources;
    private final Path folder;
    private final Path log;
    private final Map<String, String> properties;
    private final Consumer<String> say;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable JavaProgram running;
    private @Nullable FileTime version;
    private boolean told;
    private long notBefore = System.nanoTime();

    /**
     * @param built the folder that the service was built in
     * @param stamp a file that is touched when it was built anew; null when it never is
     * @param routes the folder that has a folder for each service
     * @param data of the platform
     * @param properties of the service
     * @param say where each line for the person at the terminal goes
     */
    Connectors(
            Path built,
            @Nullable Path stamp,
            Path routes,
            Path data,
            Map<String, String> properties,
            Consumer<String> say) {
        this.built = built.toAbsolutePath();
        this.stamp = stamp;
        this.sources = routes.resolve(NAME).resolve("sources");
        this.folder = data.toAbsolutePath().resolve(NAME);
        this.log = data.toAbsolutePath().resolve("logs/connectors.log");
        this.properties = properties;
        this.say = say;
    }

    void start() {
        watch.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        watch.shutdown();
        try {
            if (!watch.awaitTermination(GRACE.toSeconds() * 2, TimeUnit.SECONDS)) {
                watch.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void look() {
        try {
            boolean wanted = hasSources();
            FileTime newest = stamp != null && Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : null;
            if (running != null && (!wanted || !running.isAlive() || newest != null && !newest.equals(version))) {
                if (running.isAlive()) {
                    notBefore = System.nanoTime();
                } else {
                    say.accept("The connectors service has ended and is started anew; " + log + " says why.");
                }
                end();
            }
            if (wanted && running == null && System.nanoTime() - notBefore > 0) {
                version = newest;
                notBefore = System.nanoTime() + REST.toNanos();
                begin();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("The connectors service cannot be started", e);
        }
    }

    private boolean hasSources() throws IOException {
        if (!Files.isDirectory(sources)) {
            return false;
        }
        try (Stream<Path> files = Files.list(sources)) {
            return files.anyMatch(file -> file.toString().endsWith(".yaml"));
        }
    }

    private void begin() throws IOException {
        if (!Files.isDirectory(built.resolve("lib"))) {
            if (!told) {
                told = true;
                say.accept("There are sources, but no connectors service was built; ./caravan up builds it.");
            }
            return;
        }
        copy();
        String classPath = Stream.of(folder.resolve("connectors.jar"), folder.resolve("lib/*"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Map<String, String> environment = new HashMap<>(System.getenv());
        // Of this process: a debugger's port is taken by it.
        environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        if (Stream.of("LC_ALL", "LC_CTYPE", "LANG").noneMatch(environment::containsKey)) {
            // Else names of files are in ASCII.
            environment.put("LC_ALL", "C.UTF-8");
        }
        environment.put("SPRING_APPLICATION_JSON", json());
        running = JavaProgram.start(
                NAME,
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xss512k",
                        "-Xmx384m",
                        "-Dfile.encoding=UTF-8",
                        "-Dlog.file=" + log,
                        "-cp",
                        classPath,
                        "dev.caravan.connectors.ConnectorsApplication",
                        "--logging.config=classpath:caravan-logback.xml"),
                folder,
                GRACE,
                environment,
                say);
        LOG.info("The connectors service starts");
    }

    private void end() {
        JavaProgram ending = running;
        running = null;
        if (ending != null) {
            ending.close();
            LOG.info("The connectors service has ended");
        }
    }

    private void copy() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Files.copy(
                built.resolve("plain/connectors.jar"),
                folder.resolve("connectors.jar"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> former = Files.list(lib)) {
            for (Path jar : former.toList()) {
                if (!Files.exists(built.resolve("lib").resolve(jar.getFileName()))) {
                    Files.delete(jar);
                }
            }
        }
        try (Stream<Path> jars = Files.list(built.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Path copy = lib.resolve(jar.getFileName());
                if (!Files.exists(copy)
                        || !Files.getLastModifiedTime(copy).equals(Files.getLastModifiedTime(jar))
                        || Files.size(copy) != Files.size(jar)) {
                    Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private String json() {
        try {
            return new ObjectMapper().writeValueAsString(properties);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
