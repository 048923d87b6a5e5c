package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploys the services says the same as they do, and what it makes can be used. There is no need for a Docker. */
class DeploymentTest {

    private static final Path ROOT = PlatformProcess.ROOT;
    private static final Path CHECKS = ROOT.resolve("e2e/manifests");
    private static final Path KUBERNETES = Path.of("config/kubernetes");
    private static final Path COMPOSE = ROOT.resolve("docker-compose.yml");
    private static final List<String> SERVICES = List.of(
            "api-gateway", "authentication", "cdn-edge", "connectors", "encode", "upload", "user", "video-catalog");

    /**
     * The routes of the jar, Amazon's store, no tracing unless an overlay says so, CloudFront, a jail that has to be there, and a name
     * of its own by which gateways find each other.
     */
    private static final Set<String> DIFFERS_ON_KUBERNETES = Set.of(
            "CARAVAN_ROUTES",
            "CARAVAN_LIVE_ROUTES",
            "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
            "CARAVAN_TRACING_ENDPOINT",
            "CDN_EDGE_HTTP_ADDRESS",
            "API_GATEWAY_HTTP_ADDRESS",
            "S3_ENDPOINT",
            "S3_PUBLIC_ENDPOINT",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "API_GATEWAY_CORS_ORIGINS",
            "ENCODE_JAIL");

    @TempDir
    Path folder;

    @Test
    void namesEachVariableOfADeploymentInTheExampleAndNoOther() throws IOException {
        Set<String> named = found("(?<!\\$)\\$\\{([A-Z_0-9]+)[:}?-]", Files.readString(COMPOSE));
        // Docker Compose itself reads it.
        named.add("COMPOSE_PROFILES");
        assertThat(named).isEqualTo(found("(?m)^([A-Z_0-9]+)=", Files.readString(ROOT.resolve(".env.example"))));
    }

    @Test
    void tellsServicesOnlyWhatTheyKnow() throws IOException {
        Set<String> known = found("`([A-Z_0-9]+)`", Files.readString(ROOT.resolve("docs/configuration.md")));
        String told = Files.readString(COMPOSE);
        // Before the services, and in each.
        List<String> parts = new ArrayList<>(List.of(told.substring(0, told.indexOf("\nservices:"))));
        SERVICES.forEach(service -> parts.add(block(told, service)));

        Set<String> names = parts.stream()
                .flatMap(part -> found("(?m)^ +([A-Z_0-9]{4,}): ", part).stream())
                .filter(name -> !name.startsWith("AWS_")
                        && !List.of("SERVICE", "SPRING_CONFIG_IMPORT").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(names).hasSizeGreaterThan(30).isSubsetOf(known);
    }

    @Test
    void asksEachServiceForItsHealthWhereItAnswers() throws IOException {
        for (String service : SERVICES) {
            JsonNode configuration = yaml(ROOT.resolve("config/" + service + ".yaml"));
            String port = configuration
                    .at("/management/server/port")
                    .asText(configuration.at("/server/port").asText());
            assertThat(block(Files.readString(COMPOSE), service))
                    .as(service)
                    .contains("http://localhost:" + port + "/");
        }
    }

    @Test
    void mountsFilesThatAreThere() throws IOException {
        // A checkout that is not watched has no such folder.
        boolean watched = Files.exists(ROOT.resolve("observability"));
        List<String> mounted = found("(?m)^ +- (\\./[^:]+):", Files.readString(COMPOSE)).stream()
                .filter(file -> watched || !file.startsWith("./observability"))
                .toList();

        assertThat(mounted).hasSizeGreaterThan(4).allMatch(file -> Files.exists(ROOT.resolve(file)));
    }

    @Test
    void buildsAnImageOfEachServiceFromItsJar() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("Dockerfile"));

        assertThat(found("SERVICE: ([a-z-]+)", Files.readString(COMPOSE)))
                .containsExactlyInAnyOrderElementsOf(SERVICES);
        assertThat(found("services/([a-z-]+)[, ]", dockerfile)).containsAll(SERVICES);
        assertThat(dockerfile).contains("USER 10001").doesNotContain(":latest").doesNotContainPattern("(?i)password");
        assertThat(found("(?m)^ +image: (\\S+)$", Files.readString(COMPOSE)))
                .hasSizeGreaterThan(12)
                .allMatch(image -> image.matches("[a-z0-9/_-]+:(v?\\d+\\.\\d+.*|\\$\\{CARAVAN_TAG:-local})"));
    }

    @Test
    void makesSecretsOfItsOwnAndKeepsThem() throws Exception {
        Path file = folder.resolve(".env");

        run(Map.of(), ROOT.resolve("caravan").toString(), "compose", "env", file.toString());
        Map<String, String> made = Deployment.secretsIn(folder);
        run(Map.of(), ROOT.resolve("caravan").toString(), "compose", "env", file.toString());

        assertThat(file).hasSameTextualContentAs(ROOT.resolve(".env.example"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Deployment.secretsIn(folder)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets"))))
                .isEqualTo("rwx------");
        assertThat(made).hasSizeGreaterThan(10);
        assertThat(made.values()).doesNotHaveDuplicates().allMatch(secret -> secret.matches("\\w{48}"));
    }

    @Test
    void takesOverTheSecretsThatADeploymentOfBeforeHasAmongItsVariables() throws Exception {
        Path file = Files.writeString(
                folder.resolve(".env"), "USER_DATABASE_PASSWORD=of-before\nS3_SECRET_KEY=\nBIND=127.0.0.1\n");

        run(Map.of(), ROOT.resolve("caravan").toString(), "compose", "env", file.toString());

        assertThat(Deployment.secretsIn(folder))
                .containsEntry("user-database-password", "of-before")
                .containsEntry("s3-secret-key", "")
                .hasEntrySatisfying(
                        "redis-password", password -> assertThat(password).matches("\\w{48}"));
    }

    @Test
    void tellsNoContainerASecretByAVariable() {
        ComposeFile compose = new ComposeFile();
        compose.services().keySet().forEach(service -> assertThat(compose.variables(service))
                .as(service)
                .allSatisfy((name, value) -> assertThat(name)
                        .doesNotMatch("(?!AWS_|S3_ACCESS_|AUTHENTICATION_SIGNING_|CDN_P).*(PASSWORD|SECRET|_KEY)")));
    }

    @Test
    void makesKeysThatFit() throws Exception {
        List<Path> folders = Stream.of("token", "cdn-private", "cdn-public")
                .map(folder::resolve)
                .toList();
        for (Path keys : folders) {
            Files.createDirectory(keys);
        }
        String script = ROOT.resolve("config/compose/make-keys").toString();
        run(Map.of("KEYS", folder.toString()), script);
        String token = Files.readString(folder.resolve("token/signing.json"));
        run(Map.of("KEYS", folder.toString()), script);

        assertThat(folder.resolve("token/signing.json")).content().isEqualTo(token);
        JsonNode key = Client.JSON.readTree(token).at("/keys/0");
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
        KeyFactory elliptic = KeyFactory.getInstance("EC");
        assertPair(
                "SHA256withECDSA",
                elliptic.generatePrivate(new ECPrivateKeySpec(number(key, "d"), curve)),
                elliptic.generatePublic(new ECPublicKeySpec(new ECPoint(number(key, "x"), number(key, "y")), curve)));
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        assertPair(
                "SHA1withRSA",
                rsa.generatePrivate(new PKCS8EncodedKeySpec(pem(folder.resolve("cdn-private/private.pem")))),
                rsa.generatePublic(new X509EncodedKeySpec(pem(folder.resolve("cdn-public/public.pem")))));
        for (String secret : List.of("token/signing.json", "cdn-private/private.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(3);
        }
    }

    @Test
    void givesTheBrokerItsDefinitionsAndOneUser() throws Exception {
        assumeTrue(isInstalled("erl"), "RabbitMQ's Erlang is not installed");
        Path made = folder.resolve("definitions.json");

        Path password = Files.writeString(folder.resolve("password"), "pass \"word\"");
        run(
                Map.of("RABBITMQ_PASSWORD_FILE", password.toString()),
                ROOT.resolve("config/compose/start-rabbitmq").toString(),
                ROOT.resolve("config/rabbitmq/definitions.json").toString(),
                made.toString(),
                "true");

        JsonNode definitions = Client.JSON.readTree(made.toFile());
        assertThat(definitions.path("queues")).hasSize(7);
        assertThat(definitions.at("/permissions/0/user")).isEqualTo(definitions.at("/users/0/name"));
        byte[] hash = Base64.getDecoder()
                .decode(definitions.at("/users/0/password_hash").asText());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(hash, 0, 4);
        digest.update("pass \"word\"".getBytes(StandardCharsets.UTF_8));
        assertThat(Arrays.copyOfRange(hash, 4, hash.length)).isEqualTo(digest.digest());
    }

    @Test
    @Needs(Needs.Need.MANIFEST_CHECKS)
    void isWrittenAsLintersWantIt() throws Exception {
        // Each image is built here under its name; the address of ports is a variable.
        run(
                Map.of(),
                CHECKS.resolve("node_modules/.bin/dclint").toString(),
                COMPOSE.toString(),
                "--quiet",
                "--disable-rule",
                "no-build-and-image",
                "--disable-rule",
                "no-unbound-port-interfaces");
        run(
                Map.of(),
                CHECKS.resolve("node_modules/.bin/dockerfile-utils").toString(),
                "lint",
                ROOT.resolve("Dockerfile").toString());
    }

    @Test
    @Needs(Needs.Need.MANIFEST_CHECKS)
    void fitsTheSchemasOfKubernetesAndKeda() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "node",
                CHECKS.resolve("check.mjs").toString(),
                ROOT.resolve(KUBERNETES).toString()));
        command.addAll(manifests());

        run(Map.of(), command.toArray(String[]::new));

        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Files.writeString(
                wrong.resolve("encode.yaml"),
                Files.readString(ROOT.resolve(KUBERNETES).resolve("encode.yaml"))
                        .replace("maxReplicaCount", "maxReplicas"));
        assertThat(said(Map.of(), 1, "node", CHECKS.resolve("check.mjs").toString(), wrong.toString(), "encode.yaml"))
                .contains("'\"maxReplicas\"' does not exist");
    }

    @Test
    void listsEveryManifestAndRunsEachServiceWithinLimits() throws IOException {
        JsonNode kustomization = yaml(ROOT.resolve(KUBERNETES).resolve("kustomization.yaml"));
        List<String> listed = new ArrayList<>();
        kustomization.path("resources").forEach(resource -> listed.add(resource.asText()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(manifests());

        Set<String> known = found("`([A-Z_0-9]+)`", Files.readString(ROOT.resolve("docs/configuration.md")));
        List<String> images = new ArrayList<>();
        kustomization
                .path("images")
                .forEach(image -> images.add(image.path("name").asText()));
        // CloudFront is in the place of cdn-edge.
        List<String> services =
                SERVICES.stream().filter(service -> !service.equals("cdn-edge")).toList();
        for (String service : services) {
            String text = Files.readString(ROOT.resolve(KUBERNETES).resolve(service + ".yaml"));
            assertThat(images).contains("caravan/" + service);
            assertThat(known).containsAll(found("- name: ([A-Z_0-9]+)\n", text));
            JsonNode pod = deployment(text).at("/spec/template/spec");
            // Else Kubernetes would set ENCODE_PORT and its like.
            assertThat(pod.path("enableServiceLinks").asText()).isEqualTo("false");
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).containsAnyOf("/liveness", "/livez");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).containsAnyOf("/readiness", "/readyz");
            JsonNode configuration = yaml(ROOT.resolve("config/" + service + ".yaml"));
            List<String> ports = new ArrayList<>();
            container
                    .path("ports")
                    .forEach(port -> ports.add(port.path("containerPort").asText()));
            assertThat(ports).contains(configuration.at("/server/port").asText());
            if (configuration.at("/" + service + "/port").isInt()) {
                assertThat(ports)
                        .contains(configuration.at("/" + service + "/port").asText());
            }
            assertThat(text)
                    .contains(service.equals("encode") ? "kind: ScaledObject" : "kind: HorizontalPodAutoscaler");
        }
        assertThat(known)
                .containsAll(found(
                        "(?m)^  ([A-Z_0-9]+): ",
                        Files.readString(ROOT.resolve(KUBERNETES).resolve("configuration.yaml"))));
        assertThat(Files.readString(ROOT.resolve(KUBERNETES).resolve("encode.yaml")))
                .contains("queueName: "
                        + yaml(ROOT.resolve("config/caravan.yaml"))
                                .at("/amqp/encode-queue")
                                .asText());
    }

    @Test
    void tellsEachServiceTheSameOnKubernetesAsInCompose() throws IOException {
        ComposeFile compose = new ComposeFile();
        JsonNode everybody =
                yaml(ROOT.resolve(KUBERNETES).resolve("configuration.yaml")).path("data");
        String secrets = Files.readString(ROOT.resolve("docs/deploy.md"));
        for (String service : SERVICES) {
            if (service.equals("cdn-edge")) {
                continue;
            }
            JsonNode container = deployment(
                            Files.readString(ROOT.resolve(KUBERNETES).resolve(service + ".yaml")))
                    .at("/spec/template/spec/containers/0");
            Map<String, String> told = new TreeMap<>();
            everybody
                    .fields()
                    .forEachRemaining(setting ->
                            told.put(setting.getKey(), setting.getValue().asText()));
            container
                    .path("env")
                    .forEach(setting -> told.put(
                            setting.path("name").asText(), setting.path("value").asText()));
            compose.environment(service).forEach((name, value) -> {
                if (DIFFERS_ON_KUBERNETES.contains(name)) {
                    return;
                }
                if (told.containsKey(name)) {
                    if (!value.contains("${")) {
                        assertThat(told.get(name)).as(service + ": " + name).isEqualTo(value);
                    }
                } else {
                    assertThat(secrets).as(service + " has no " + name).contains("`" + name + "`");
                }
            });

            URI health = URI.create(compose.healthUrl(service));
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo(health.getPath());
            assertThat(container.path("ports"))
                    .filteredOn(port -> port.path("name").asText().equals("http"))
                    .extracting(port -> port.path("containerPort").asInt())
                    .containsExactly(health.getPort());
            assertThat(container.path("name").asText()).isEqualTo(service);
            assertThat(compose.text(service, "image"))
                    .startsWith(container.path("image").asText() + ":");
        }
    }

    private static List<String> manifests() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(KUBERNETES))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode deployment(String text) throws IOException {
        for (String document : text.split("(?m)^---$")) {
            JsonNode manifest = new ObjectMapper(new YAMLFactory()).readTree(document);
            if (manifest.path("kind").asText().equals("Deployment")) {
                return manifest;
            }
        }
        throw new AssertionError("no Deployment: " + text);
    }

    /** The lines of a service. */
    private static String block(String compose, String service) {
        Matcher block = Pattern.compile("(?ms)^  " + service + ":\n(.*?)(?=^  \\S|^\\S|\\z)")
                .matcher(compose.substring(compose.indexOf("\nservices:")));
        assertThat(block.find()).as(service).isTrue();
        return block.group(1);
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }

    private static void assertPair(String algorithm, PrivateKey signing, PublicKey verifying) throws Exception {
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(signing);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(verifying);
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    private static BigInteger number(JsonNode key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(name).asText()));
    }

    private static byte[] pem(Path file) throws IOException {
        return Base64.getMimeDecoder().decode(Files.readString(file).replaceAll("-----[^-]+-----", ""));
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static void run(Map<String, String> environment, String... command) throws Exception {
        said(environment, 0, command);
    }

    private static String said(Map<String, String> environment, int code, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
