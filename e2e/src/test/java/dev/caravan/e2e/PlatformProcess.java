package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** A platform started as a newcomer does: by the script. */
final class PlatformProcess implements Platform, AutoCloseable {

    static final Path ROOT = root();

    /** SIGTERM ends everything within this. */
    static final Duration END = Duration.ofSeconds(15);

    private static final Duration START = Duration.ofMinutes(3);

    final List<String> output = new CopyOnWriteArrayList<>();
    final Process process;
    final Path data;
    final Path routes;
    final int port;

    private PlatformProcess(Process process, Path data, Path routes, int port) {
        this.process = process;
        this.data = data;
        this.routes = routes;
        this.port = port;
        Thread reader = new Thread(this::read, "platform-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one on its own copy of the routes, without waiting. */
    static PlatformProcess launch(Path data, int port, String... options) throws IOException {
        return launch(data, port, Map.of(), options);
    }

    /** As {@link #launch(Path, int, String...)}, with more in its environment: ports and servers. */
    static PlatformProcess launch(Path data, int port, Map<String, String> environment, String... options)
            throws IOException {
        Path routes = Path.of(data + "-routes");
        if (!Files.exists(routes)) {
            copy(ROOT.resolve("routes"), routes);
        }
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("caravan").toString(),
                "up",
                "--port",
                String.valueOf(port),
                "--data",
                data.toString(),
                "--routes",
                routes.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CARAVAN_BUILD", "no");
        builder.environment().putAll(environment);
        return new PlatformProcess(builder.start(), data, routes, port);
    }

    static PlatformProcess start(Path data, int port, String... options) throws IOException {
        return start(data, port, Map.of(), options);
    }

    /** Starts one whose environment says more, such as which servers to use. */
    static PlatformProcess start(Path data, int port, Map<String, String> environment, String... options)
            throws IOException {
        PlatformProcess platform = launch(data, port, environment, options);
        try {
            platform.awaitLine("Caravan is ready");
        } catch (ConditionTimeoutException | AssertionError e) {
            platform.close();
            throw e;
        }
        return platform;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String url() {
        return "http://localhost:" + port;
    }

    @Override
    public String adminPassword() {
        try {
            return Files.readString(data.resolve("keys/admin-password")).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As it says it at start. */
    @Override
    public String ffmpeg() {
        return Stream.of(awaitLine("  ffmpeg ").split(" "))
                .filter(word -> word.startsWith("/"))
                .findFirst()
                .orElseThrow();
    }

    String awaitLine(String part) {
        await("a line with '" + part + "'")
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> output.stream().anyMatch(line -> line.contains(part)) || !process.isAlive());
        return output.stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The platform ended: " + output));
    }

    /** Every process that this one has started, directly or not. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    String log() throws IOException {
        return Files.readString(data.resolve("logs/caravan.log"));
    }

    /** SIGTERM; nothing of it is left afterwards. */
    @Override
    public void close() {
        List<ProcessHandle> children = children();
        process.destroy();
        try {
            assertThat(process.waitFor(END.toSeconds(), TimeUnit.SECONDS))
                    .as("ended within %s", END)
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add("(" + e.getMessage() + ")");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("caravan"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
