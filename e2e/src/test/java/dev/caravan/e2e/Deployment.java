package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A checkout from which the very docker-compose.yml is run by {@code ./caravan compose}, with services from the jars that are built,
 * in the Docker that e2e/images brings along.
 */
final class Deployment implements Platform {

    static final List<String> SERVICES =
            List.of("user", "authentication", "upload", "encode", "video-catalog", "cdn-edge", "api-gateway");
    private static final List<String> CHECKOUT = List.of(
            "caravan",
            "docker-compose.yml",
            "Dockerfile",
            ".dockerignore",
            ".env.example",
            "config",
            "routes",
            "observability");

    private final Path folder = Path.of("target/images/deployment").toAbsolutePath();
    private final String ffmpeg = FfmpegBinaries.locate(
                    Path.of("target/images/ffmpeg").toAbsolutePath())
            .ffmpeg()
            .toString();

    Deployment() throws IOException {
        SharedPlatform.delete(folder);
        for (String part : CHECKOUT) {
            copy(PlatformProcess.ROOT.resolve(part), folder.resolve(part));
        }
        Files.createDirectory(folder.resolve("jars"));
        for (String service : SERVICES) {
            Path jar = PlatformProcess.ROOT.resolve("services/" + service + "/target/" + service + ".jar");
            Files.createLink(folder.resolve("jars/" + service + ".jar"), jar);
            Files.copy(
                    jar.resolveSibling("classes/META-INF/sbom/application.cdx.json"),
                    folder.resolve("jars/" + service + ".cdx.json"));
        }
    }

    /** What an operator changes in .env. */
    void set(String variable, String value) throws IOException {
        Path file = folder.resolve(".env");
        String text = Files.readString(file);
        assertThat(text).containsPattern("(?m)^" + variable + "=");
        Files.writeString(file, text.replaceAll("(?m)^" + variable + "=.*$", variable + "=" + value));
    }

    String setting(String variable) {
        try (Stream<String> lines = Files.lines(folder.resolve(".env"))) {
            return lines.filter(line -> line.startsWith(variable + "="))
                    .map(line -> line.substring(variable.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<String> secrets() throws IOException {
        return Files.readAllLines(folder.resolve(".env")).stream()
                .filter(line -> line.matches("[A-Z_0-9]+_(PASSWORD|KEY)=.{20,}"))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .toList();
    }

    /** {@code ./caravan compose}, as people type it. */
    String compose(String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("caravan").toString(), "compose"));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    JsonNode inspect(String what) {
        try {
            return Client.JSON.readTree(docker("inspect", what)).get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The containers of a service that there are, running or not. */
    List<String> containers(String service) {
        return docker("ps", "-aq", "--no-trunc", "--filter", "label=com.docker.compose.service=" + service)
                .lines()
                .toList();
    }

    String container(String service) {
        List<String> all = containers(service);
        assertThat(all).as(service).hasSize(1);
        return all.get(0);
    }

    boolean isHealthy(String service) {
        return containers(service).stream()
                .allMatch(container ->
                        inspect(container).at("/State/Health/Status").asText().equals("healthy"));
    }

    /** Every line that the containers of a service have logged since they were made. */
    List<String> log(String service) {
        return containers(service).stream()
                .flatMap(container -> docker("logs", container).lines())
                .toList();
    }

    /** Seconds of processor time that a container has taken. */
    double processorSeconds(String container) throws IOException {
        Path group = Path.of("/sys/fs/cgroup/cpuacct", System.getenv("IMAGES_GROUP"), container, "cpuacct.usage");
        if (Files.exists(group)) {
            return Long.parseLong(Files.readString(group).strip()) / 1e9;
        }
        Path unified = Path.of("/sys/fs/cgroup", System.getenv("IMAGES_GROUP"), container, "cpu.stat");
        return Long.parseLong(Files.readAllLines(unified).get(0).split(" ")[1]) / 1e6;
    }

    private String run(List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // An operator's own variables would be taken before those of .env.
            builder.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_") || name.startsWith("CDN_"));
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(command + ": " + said).isZero();
            return said;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How often containers were started again, by service. */
    Map<String, Integer> restarts(List<String> services) {
        Map<String, Integer> restarts = new TreeMap<>();
        for (String service : services) {
            for (String container : containers(service)) {
                restarts.merge(service, inspect(container).path("RestartCount").asInt(), Integer::sum);
            }
        }
        return restarts;
    }

    /** What each service's containers are like, for who looks for the cause of a failure. */
    Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        docker("ps", "-a", "--format", "{{.Names}} {{.Status}}")
                .lines()
                .forEach(line -> states.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        return states;
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + setting("GATEWAY_PORT").split("-")[0];
    }

    @Override
    public String adminPassword() {
        return setting("USER_ADMIN_PASSWORD");
    }

    @Override
    public String ffmpeg() {
        return ffmpeg;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (!Files.isDirectory(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }
}
