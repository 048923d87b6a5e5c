package dev.caravan.chaos;

import dev.caravan.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A platform as two processes: the front (gateway, authentication, user, edge), which has to answer whatever happens behind
 * it, and the workers (upload, encode, video-catalog), which are killed.
 */
final class Processes implements AutoCloseable {

    private static final String FRONT = "user,authentication,cdn-edge,api-gateway";
    private static final String WORKERS = "upload,encode,video-catalog";
    private static final long START_SECONDS = 120;
    private static final int KILLED = 137;
    private static final List<String> PORTS = List.of(
            "USER_PORT",
            "USER_HTTP_PORT",
            "AUTHENTICATION_PORT",
            "AUTHENTICATION_HTTP_PORT",
            "UPLOAD_PORT",
            "UPLOAD_HTTP_PORT",
            "ENCODE_PORT",
            "ENCODE_HTTP_PORT",
            "VIDEO_CATALOG_PORT",
            "VIDEO_CATALOG_HTTP_PORT",
            "CDN_EDGE_HTTP_PORT",
            "CDN_EDGE_MANAGEMENT_PORT");

    private final Path folder;
    private final Path root;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Path orders;
    private final Path archive;
    private final Path temporary;
    private final int port = FreePorts.pick();
    private @Nullable Process front;
    private @Nullable Process workers;

    /**
     * @param root of the project
     * @param folder for data and logs
     * @param environment of both
     */
    Processes(Path root, Path folder, Map<String, String> environment) throws IOException {
        this.root = root;
        this.folder = Files.createDirectories(folder);
        this.orders = folder.resolve("orders");
        this.archive = folder.resolve("classes.jsa");
        this.temporary = Files.createDirectories(folder.resolve("tmp"));
        this.environment.putAll(environment);
        PORTS.forEach(name -> this.environment.put(name, Integer.toString(FreePorts.pick())));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void startFront() throws Exception {
        front = launch("front", FRONT);
        awaitReady("front", front);
        copyKeys();
    }

    /** Starts them and returns when they are ready. */
    void startWorkers() throws Exception {
        launchWorkers();
        awaitWorkers();
    }

    void launchWorkers() throws IOException {
        workers = launch("workers", WORKERS);
    }

    void awaitWorkers() throws Exception {
        awaitReady("workers", process(workers));
    }

    /** Has the workers die at this point; an empty text has them live. */
    void order(String text) throws IOException {
        Path draft = orders.resolveSibling("orders.new");
        Files.writeString(draft, text);
        Files.move(draft, orders, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the workers died within this time. */
    boolean awaitDeath(long millis) throws InterruptedException {
        return process(workers).waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Asks the workers to end, without waiting. */
    void askToEnd() {
        process(workers).destroy();
    }

    /** Whether the workers were killed within this time, and did not end by themselves; they have to be started again. */
    boolean awaitKill(long millis) throws InterruptedException {
        return awaitDeath(millis) && process(workers).exitValue() == KILLED;
    }

    void killWorkers() throws Exception {
        kill(process(workers));
    }

    void stopWorkers() throws InterruptedException {
        stop(process(workers));
    }

    private static void kill(Process process) throws Exception {
        new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
        process.waitFor();
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process launch(String name, String services) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-Xmx512m",
                "-Dorg.springframework.boot.logging.LoggingSystem=none",
                "-Dcaravan.chaos.orders=" + orders,
                // Those that are killed remove nothing of it.
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                classPath(),
                "dev.caravan.standalone.Caravan",
                "up",
                "--no-demo",
                "--port",
                Integer.toString(port),
                "--routes",
                root.resolve("routes").toString(),
                "--data",
                folder.resolve(name).toString()));
        if (services.equals(WORKERS)) {
            // The classes that the first of them had loaded when it ended make the start of all later ones shorter.
            command.addAll(
                    1,
                    List.of(
                            "-Xlog:disable",
                            "-XX:" + (Files.exists(archive) ? "SharedArchiveFile=" : "ArchiveClassesAtExit=")
                                    + archive));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".out").toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("CARAVAN_SERVICES", services);
        Files.writeString(folder.resolve(name + ".out"), "");
        return builder.start();
    }

    private String classPath() throws IOException {
        return jar("chaos/target") + ":" + jar("services/standalone/target") + ":"
                + root.resolve("services/standalone/target/lib") + "/*";
    }

    private Path jar(String folder) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("There is no jar in " + folder + "; it is not built."));
        }
    }

    private void awaitReady(String name, Process process) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        Path output = folder.resolve(name + ".out");
        while (!Files.readString(output).contains("Caravan is ready")) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The " + name + " ended: " + Files.readString(output));
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The " + name + " did not start: " + Files.readString(output));
            }
        }
    }

    /** What the first process made, the second has to share. */
    private void copyKeys() throws IOException {
        Path from = folder.resolve("front/keys");
        Path to = Files.createDirectories(folder.resolve("workers/keys"));
        try (Stream<Path> keys = Files.list(from)) {
            keys.filter(Files::isRegularFile).forEach(key -> {
                try {
                    Files.copy(
                            key,
                            to.resolve(key.getFileName()),
                            StandardCopyOption.REPLACE_EXISTING,
                            StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Leaves nothing running when this program is ended in the middle. */
    void abandon() {
        for (Process process : new Process[] {workers, front}) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private static Process process(@Nullable Process process) {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        if (workers != null) {
            stop(workers);
        }
        if (front != null) {
            stop(front);
        }
    }
}
