package dev.caravan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.yaml.snakeyaml.Yaml;

/** The manifests of Kubernetes say what docker-compose.yml says, which is what is started and tested. */
class ManifestsTest {

    /** CloudFront is in the place of cdn-edge. */
    static final List<String> SERVICES =
            List.of("api-gateway", "authentication", "connectors", "encode", "upload", "user", "video-catalog");

    private static final Path FOLDER = PlatformProcess.ROOT.resolve("config/kubernetes");
    private static final ComposeFile COMPOSE = new ComposeFile();

    /** In a pod the routes are those of the jar, the edge is CloudFront, the store Amazon's, and nothing takes spans. */
    private static final Set<String> OF_COMPOSE_ALONE = Set.of(
            "CARAVAN_ROUTES",
            "CARAVAN_LIVE_ROUTES",
            "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
            "CARAVAN_TRACING_ENDPOINT",
            "CDN_EDGE_HTTP_ADDRESS",
            "S3_ENDPOINT",
            "S3_PUBLIC_ENDPOINT",
            "API_GATEWAY_CORS_ORIGINS",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN");

    /** The image says it too; users of databases are those of the deployment; instances share no file of keys. */
    private static final Set<String> OF_KUBERNETES_ALONE =
            Set.of("CARAVAN_HOST", "SPRING_DATASOURCE_USERNAME", "AUTHENTICATION_KEY_LIFETIME");

    /** Of the one secret that all pods have, where Compose gives each service the files that it needs. */
    private static final Set<String> OF_ALL_PODS = Set.of("CDN_ORIGIN_KEY", "S3_SECRET_KEY");

    @ParameterizedTest
    @FieldSource("SERVICES")
    void givesAServiceTheSameVariables(String service) {
        Map<String, String> compose = COMPOSE.environment(service);
        Map<String, String> pod = environment(service);
        Set<String> common = new TreeSet<>(compose.keySet());
        common.removeAll(OF_COMPOSE_ALONE);
        Set<String> told = new TreeSet<>(pod.keySet());
        told.removeAll(OF_KUBERNETES_ALONE);
        told.removeIf(name -> OF_ALL_PODS.contains(name) && !common.contains(name));

        assertThat(told).isEqualTo(common);
        for (String name : common) {
            String value = compose.get(name);
            // What differs from one deployment to another does.
            if (!value.contains("${") && !pod.get(name).isEmpty() && !name.equals("API_GATEWAY_HTTP_ADDRESS")) {
                assertThat(pod.get(name)).as(name).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void asksAServiceForTheSameHealth(String service) {
        Matcher url = Pattern.compile("http://localhost:(\\d+)(/.*)").matcher(COMPOSE.healthUrl(service));
        assertThat(url.matches()).isTrue();
        Node container = container(service);
        Map<String, String> ports = new TreeMap<>();
        container.list("ports").forEach(port -> ports.put(port.text("name"), port.text("containerPort")));

        for (String probe : List.of("startupProbe", "readinessProbe")) {
            assertThat(container.at(probe, "httpGet").text("path")).as(probe).isEqualTo(url.group(2));
            assertThat(ports.get(container.at(probe, "httpGet").text("port")))
                    .as(probe)
                    .isEqualTo(url.group(1));
        }
        // Callers reach it where Compose says.
        String address = COMPOSE.environment(service).get(variable(service) + "_ADDRESS");
        if (address != null) {
            assertThat(address).isEqualTo(service + ":" + ports.get("grpc"));
            assertThat(object(service, "Service").at("spec").list("ports"))
                    .extracting(port -> port.text("name") + " " + port.text("port"))
                    .containsExactlyInAnyOrder("grpc " + ports.get("grpc"), "http " + ports.get("http"));
        }
    }

    /** Encode's is what its deployment gives it, for all that one worker does. */
    @ParameterizedTest
    @FieldSource("SERVICES")
    void limitsTheMemoryOfAServiceAlike(String service) {
        if (!service.equals("encode")) {
            assertThat(container(service).at("resources", "limits").text("memory"))
                    .isEqualTo(COMPOSE.text(service, "mem_limit").replaceFirst("m$", "Mi"));
        }
    }

    /** The name that clients use has one address for all gateways. */
    @Test
    void namesAllGatewaysToEachOther() {
        String[] address =
                environment("api-gateway").get("API_GATEWAY_HTTP_ADDRESS").split(":");
        Node service = objects("api-gateway", "Service")
                .filter(one -> one.at("metadata").text("name").equals(address[0]))
                .findFirst()
                .orElseThrow();

        assertThat(service.at("spec").text("clusterIP")).isEqualTo("None");
        assertThat(service.at("spec").list("ports").get(0).text("port")).isEqualTo(address[1]);
        assertThat(service.at("spec", "selector"))
                .isEqualTo(object("api-gateway", "Deployment").at("spec", "selector", "matchLabels"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void runsAServiceAsTheSameUserWithTheSameFoldersAndNoRight(String service) throws IOException {
        Node pod = pod(service);
        Node container = container(service);
        List<String> mounts = new ArrayList<>(COMPOSE.mounts(service));
        mounts.remove("/routes");

        assertThat(container.text("image"))
                .isEqualTo(COMPOSE.text(service, "image").replaceAll(":.*", ""));
        assertThat(container.list("volumeMounts"))
                .extracting(mount -> mount.text("mountPath"))
                .containsExactlyInAnyOrderElementsOf(mounts);
        assertThat(Files.readString(PlatformProcess.ROOT.resolve("Dockerfile")))
                .contains("USER " + pod.at("securityContext").text("runAsUser") + ":"
                        + pod.at("securityContext").text("runAsGroup"));
        assertThat(pod.at("securityContext").text("runAsNonRoot")).isEqualTo("true");
        assertThat(COMPOSE.text(service, "read_only"))
                .isEqualTo(container.at("securityContext").text("readOnlyRootFilesystem"))
                .isEqualTo("true");
        assertThat(COMPOSE.text(service, "cap_drop"))
                .isEqualTo(container.at("securityContext", "capabilities").text("drop"))
                .isEqualTo("[ALL]");
        assertThat(COMPOSE.text(service, "security_opt")).isEqualTo("[no-new-privileges:true]");
        assertThat(container.at("securityContext").text("allowPrivilegeEscalation"))
                .isEqualTo("false");
        // What a stop takes, and what nobody notices before.
        int grace = Integer.parseInt(COMPOSE.text(service, "stop_grace_period").replace("s", ""));
        assertThat(Integer.parseInt(pod.text("terminationGracePeriodSeconds"))).isGreaterThanOrEqualTo(grace + 5);
    }

    /** ConfigMap, documented secrets and the container's own; what only the cluster knows is empty. */
    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        Node container = container(service);
        for (Node source : container.list("envFrom")) {
            if (source.has("configMapRef")) {
                object("configuration", "ConfigMap")
                        .at("data")
                        .fields()
                        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
            } else {
                secret(source.at("secretRef").text("name")).forEach(name -> environment.put(name, ""));
            }
        }
        container.list("env").forEach(variable -> environment.put(variable.text("name"), variable.text("value")));
        return environment;
    }

    /** What docs/deploy.md says that a secret has. */
    private static Set<String> secret(String name) {
        try {
            String row = Files.readAllLines(PlatformProcess.ROOT.resolve("docs/deploy.md")).stream()
                    .filter(line -> line.matches("\\|[^|]*`" + name + "`[^|]*\\|.*"))
                    .findFirst()
                    .orElseThrow();
            Set<String> names = new TreeSet<>();
            Pattern.compile("`([A-Z_0-9]+)`").matcher(row).results().forEach(variable -> names.add(variable.group(1)));
            return names;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String variable(String service) {
        return service.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    }

    private static Node pod(String service) {
        return object(service, "Deployment").at("spec", "template", "spec");
    }

    private static Node container(String service) {
        return pod(service).list("containers").get(0);
    }

    private static Node object(String file, String kind) {
        return objects(file, kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + file + ".yaml"));
    }

    private static Stream<Node> objects(String file, String kind) {
        try {
            String text = Files.readString(FOLDER.resolve(file + ".yaml"));
            return StreamSupport.stream(new Yaml().loadAll(text).spliterator(), false)
                    .map(Node::new)
                    .filter(node -> node.text("kind").equals(kind));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A part of a manifest. */
    private record Node(Object value) {

        @SuppressWarnings("unchecked")
        Map<String, Object> fields() {
            return value == null ? Map.of() : (Map<String, Object>) value;
        }

        boolean has(String key) {
            return fields().containsKey(key);
        }

        Node at(String... keys) {
            Node node = this;
            for (String key : keys) {
                node = new Node(node.fields().get(key));
            }
            return node;
        }

        String text(String key) {
            return String.valueOf(fields().get(key));
        }

        List<Node> list(String key) {
            List<?> list = (List<?>) fields().getOrDefault(key, List.of());
            return list.stream().<Node>map(Node::new).toList();
        }
    }
}
