package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of a service. */
final class Instance {

    private static final Duration START = Duration.ofMinutes(6);
    private static final Duration END = Duration.ofSeconds(25);

    final String service;
    final String name;
    final String host;
    private final String probes;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    /** @param probes what liveness and readiness are added to */
    Instance(
            String service,
            String name,
            String host,
            String probes,
            List<String> command,
            Map<String, String> environment,
            Path log) {
        this.service = service;
        this.name = name;
        this.host = host;
        this.probes = probes;
        this.command = command;
        this.environment = environment;
        this.log = log;
    }

    Instance start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Instance awaitReady() {
        await(name + " is ready; its log is " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isReady() || !process.isAlive());
        assertThat(process.isAlive()).as(() -> name + " ended: " + tail()).isTrue();
        return this;
    }

    boolean isReady() {
        return answers(probes + "/readiness") == 200 || answers(probes.replace("/health", "/readyz")) == 200;
    }

    boolean isLive() {
        return answers(probes + "/liveness") == 200 || answers(probes.replace("/health", "/livez")) == 200;
    }

    private static int answers(String url) {
        try {
            return Client.HTTP
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Whether it has a child that runs this program. */
    boolean runs(String program) {
        return process.descendants()
                .anyMatch(child -> child.info().commandLine().orElse("").contains(program));
    }

    /** SIGTERM, without waiting. */
    void askToEnd() {
        process.destroy();
    }

    /** SIGTERM; it ends by itself and in time. */
    void stop() {
        askToEnd();
        awaitEnd();
    }

    void awaitEnd() {
        try {
            assertThat(process.waitFor(END.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> name + " ended within " + END + ": " + tail())
                    .isTrue();
            // 128 + SIGTERM: the way a JVM ends that was asked to.
            assertThat(process.exitValue()).as(name).isEqualTo(143);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    void kill() {
        process.destroyForcibly();
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
