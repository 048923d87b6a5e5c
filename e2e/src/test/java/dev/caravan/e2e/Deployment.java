package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

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

    Collection<String> secrets() {
        return secretsIn(folder).values();
    }

    private String secret(String name) {
        return Objects.requireNonNull(secretsIn(folder).get(name), name);
    }

    /** What is in secrets/ of a deployment's folder, by name. */
    static Map<String, String> secretsIn(Path deployment) {
        Map<String, String> secrets = new TreeMap<>();
        try (Stream<Path> files = Files.list(deployment.resolve("secrets"))) {
            for (Path file : files.toList()) {
                secrets.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return secrets;
    }

    /** What an operator writes into secrets/. */
    void changeSecret(String name) throws IOException {
        Files.writeString(
                folder.resolve("secrets").resolve(name), UUID.randomUUID().toString());
    }

    /** {@code ./caravan compose}, as people type it. */
    String compose(String... arguments) {
        return composeWith("", arguments);
    }

    /** The same with something to read. */
    String composeWith(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(folder.resolve("caravan").toString(), "compose"));
        command.addAll(Arrays.asList(arguments));
        return run(input, command);
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

    /** Those of a service that run. */
    List<String> running(String service) {
        return docker("ps", "-q", "--no-trunc", "--filter", "label=com.docker.compose.service=" + service)
                .lines()
                .toList();
    }

    /** Those that run, whatever they are. */
    List<String> running() {
        return docker("ps", "-q", "--no-trunc").lines().toList();
    }

    /** The address of a server within the network that the containers share. */
    String address(String service) {
        return inspect(container(service))
                .at("/NetworkSettings/Networks/caravan_default/IPAddress")
                .asText();
    }

    /** What a statement finds in the database of a service, a line for each row. */
    String sql(String service, String statement) {
        return docker(
                        "exec",
                        container(service + "-postgresql"),
                        "psql",
                        "-h",
                        "/var/run/postgresql",
                        "-p",
                        "5432",
                        "-U",
                        "caravan",
                        "-d",
                        database(service),
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-qAtc",
                        statement)
                .strip();
    }

    /** Brings the database of a service to the schema that it had at a version, as the service of that version did. */
    void migrate(String service, String version) {
        Flyway.configure()
                .dataSource(
                        "jdbc:postgresql://" + address(service + "-postgresql") + "/" + database(service),
                        "caravan",
                        secret(service + "-database-password"))
                .locations("filesystem:"
                        + PlatformProcess.ROOT.resolve(
                                "services/" + service + "/src/main/resources/db/migration/" + service))
                .target(version)
                .load()
                .migrate();
    }

    private static String database(String service) {
        return "caravan_" + service.replace('-', '_');
    }

    /** An object in the bucket, from a folder of the store's own. */
    void store(String key, byte[] content) throws IOException {
        Path file = Files.createTempFile(folder, "object", "");
        Files.write(file, content);
        String target = "/data/" + setting("S3_BUCKET") + "/" + key;
        docker(
                "exec",
                container("s3"),
                "mkdir",
                "-p",
                Path.of(target).getParent().toString());
        docker("cp", file.toString(), container("s3") + ":" + target);
        Files.delete(file);
    }

    /** Each gateway, seen as a platform. */
    List<Platform> gateways() {
        return containers("api-gateway").stream().map(this::through).toList();
    }

    private Platform through(String gateway) {
        String opened = docker("port", gateway, "4000").lines().findFirst().orElseThrow();
        String password = adminPassword();
        String program = ffmpeg;
        return new Platform() {
            @Override
            public String url() {
                return "http://" + opened;
            }

            @Override
            public String adminPassword() {
                return password;
            }

            @Override
            public String ffmpeg() {
                return program;
            }
        };
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

    /** Bytes of memory that a container has, without what the kernel can take back. */
    long bytes(String container) throws IOException {
        Path group = Path.of("/sys/fs/cgroup/memory", System.getenv("IMAGES_GROUP"), container, "memory.stat");
        Path file = Files.exists(group)
                ? group
                : Path.of("/sys/fs/cgroup", System.getenv("IMAGES_GROUP"), container, "memory.stat");
        return Files.readAllLines(file).stream()
                .filter(line -> line.matches("(total_rss|anon) \\d+"))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .sum();
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

    /** Kills what runs in a container, which Docker takes for an accident and starts again; {@code docker kill} is none. */
    void kill(String container) {
        run(List.of("kill", "-9", inspect(container).at("/State/Pid").asText()));
    }

    private String run(List<String> command) {
        return run("", command);
    }

    private String run(String input, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // An operator's own variables would be taken before those of .env.
            builder.environment().keySet().removeIf(name -> name.startsWith("CARAVAN_") || name.startsWith("CDN_"));
            Process process = builder.start();
            try (OutputStream output = process.getOutputStream()) {
                output.write(input.getBytes(StandardCharsets.UTF_8));
            }
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

    /** How often a container was started again. */
    int restarts(String container) {
        return inspect(container).path("RestartCount").asInt();
    }

    /** The same by service. */
    Map<String, Integer> restarts(List<String> services) {
        Map<String, Integer> restarts = new TreeMap<>();
        for (String service : services) {
            for (String container : containers(service)) {
                restarts.merge(service, restarts(container), Integer::sum);
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
        return gateways().get(0).url();
    }

    @Override
    public String adminPassword() {
        return secret("user-admin-password");
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
