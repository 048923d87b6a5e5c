package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the operating system that run beside a platform, in a folder of their own, and end with the test. */
final class Servers implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final Deque<Process> running = new ArrayDeque<>();
    private final List<List<String>> afterwards = new ArrayList<>();

    Servers(Path folder) {
        this.folder = folder;
    }

    static boolean areInstalled(String... programs) {
        String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/usr/bin";
        return Stream.of(programs).allMatch(program -> Stream.of(path.split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program))));
    }

    /** Starts a program and waits until it answers. */
    void start(String name, URI answers, Map<String, String> environment, String... command) throws IOException {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        running.push(process);
        await(name).atMost(START).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            return isThere(answers);
        });
    }

    /**
     * A RabbitMQ of its own, with its own port mapper, so that no other node on this machine hears of it.
     *
     * @param metrics port of its plugin rabbitmq_prometheus
     */
    void startRabbitMq(int port, int metrics) throws IOException {
        Path home = Files.createDirectories(folder.resolve("rabbitmq"));
        Path plugins = Files.writeString(home.resolve("enabled_plugins"), "[rabbitmq_prometheus].");
        Path configuration = Files.writeString(home.resolve("rabbitmq.conf"), """
                listeners.tcp.default = 127.0.0.1:%d
                prometheus.tcp.ip = 127.0.0.1
                prometheus.tcp.port = %d
                """.formatted(port, metrics));
        String mapper = String.valueOf(PlatformProcess.freePort());
        afterwards.add(List.of("epmd", "-port", mapper, "-kill"));
        start(
                "rabbitmq",
                URI.create("http://127.0.0.1:" + metrics + "/metrics"),
                Map.ofEntries(
                        Map.entry("HOME", home.toString()),
                        Map.entry("ERL_EPMD_PORT", mapper),
                        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                        Map.entry("RABBITMQ_NODENAME", "caravan-e2e-" + port + "@localhost"),
                        Map.entry("RABBITMQ_DIST_PORT", String.valueOf(PlatformProcess.freePort())),
                        Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString()),
                        Map.entry("RABBITMQ_LOGS", home.resolve("rabbit.log").toString()),
                        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString()),
                        Map.entry("RABBITMQ_CONFIG_FILE", configuration.toString()),
                        Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null")),
                // The package's own script: that on the PATH wants to be root or rabbitmq.
                "/usr/lib/rabbitmq/bin/rabbitmq-server");
    }

    private static boolean isThere(URI address) {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(address)
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        while (!running.isEmpty()) {
            Process process = running.pop();
            List<ProcessHandle> all = Stream.concat(
                            Stream.of(process.toHandle()), process.toHandle().descendants())
                    .toList();
            all.forEach(ProcessHandle::destroy);
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    all.forEach(ProcessHandle::destroyForcibly);
                }
            } catch (InterruptedException e) {
                all.forEach(ProcessHandle::destroyForcibly);
                Thread.currentThread().interrupt();
            }
        }
        for (List<String> command : afterwards) {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    }
}
