package dev.caravan.apigateway.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.caravan.apigateway.mesh.Mesh.Edge;
import dev.caravan.apigateway.mesh.Mesh.Kind;
import dev.caravan.apigateway.mesh.Mesh.Node;
import dev.caravan.kernel.mesh.Address;
import dev.caravan.kernel.mesh.MapRoutes;
import dev.caravan.kernel.mesh.Numbers;
import dev.caravan.kernel.mesh.ServiceMap;
import dev.caravan.kernel.mesh.ServiceMap.Binding;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import dev.caravan.kernel.mesh.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** The map of the repository's own routes. */
class MeshTest {

    private static final Path ROOT = Path.of("../..");
    private static final List<String> SERVICES =
            List.of("api-gateway", "authentication", "cdn-edge", "encode", "upload", "user", "video-catalog");

    /** As the services declare them. */
    private static final Map<String, List<Binding>> BINDINGS = Map.of(
            "encode", List.of(new Binding("video", "EncodeUploadedVideo", "EncodeService")),
            "video-catalog",
                    List.of(
                            new Binding("video", "VideoEncodingCompleted", "VideoCatalogService"),
                            new Binding("video", "EncodeUploadedVideo", "VideoCatalogEvents"),
                            new Binding("video", "VideoEncoding*", "VideoCatalogEvents"),
                            new Binding("video", "VideoDeleted", "UploadEvents"),
                            new Binding("video", "VideoDeleted", "EncodeEvents")));

    private static final Map<String, ServiceMap> MAPS = new LinkedHashMap<>();
    private static final Set<String> OPERATIONS = new TreeSet<>();

    @BeforeAll
    static void read() throws Exception {
        for (String service : SERVICES) {
            MAPS.put(service, read(service));
        }
        Files.readAllLines(ROOT.resolve("routes/api-gateway/openapi.yaml")).stream()
                .filter(line -> line.contains("operationId: "))
                .forEach(line -> OPERATIONS.add(line.replaceFirst(".*: ", "")));
        // What Camel makes of the contract when it starts.
        List<RunningRoute> gateway = new ArrayList<>(MAPS.get("api-gateway").routes());
        gateway.add(route("api-gateway-rest", new Address("rest-openapi", "openapi.yaml", Map.of())));
        MAPS.put("api-gateway", new ServiceMap("api-gateway", "here-1", 0, gateway, List.of(), null));
    }

    /** The routes are read and not started, so no server is needed. */
    private static ServiceMap read(String service) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
            yaml.setResources(
                    new FileSystemResource(ROOT.resolve("config/caravan.yaml")),
                    new FileSystemResource(ROOT.resolve("config/" + service + ".yaml")));
            Properties properties = new Properties();
            properties.putAll(yaml.getObject());
            properties.put("spring.application.name", service);
            context.getPropertiesComponent().setInitialProperties(properties);
            for (Path file : files(service)) {
                load(context, file);
            }
            return new MapRoutes(
                            context,
                            new Traffic(),
                            service,
                            () -> BINDINGS.getOrDefault(service, List.of()),
                            Clock.systemUTC())
                    .map(null);
        }
    }

    /** Its own, and those of the shared rooms that its README names. */
    private static List<Path> files(String service) throws IOException {
        List<Path> folders = new ArrayList<>(List.of(ROOT.resolve("routes/" + service)));
        Pattern.compile("\\(\\.\\./(shared/[\\w-]+)/\\)")
                .matcher(read(ROOT.resolve("routes/" + service + "/README.md")))
                .results()
                .forEach(room -> folders.add(ROOT.resolve("routes/" + room.group(1))));
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(MeshTest::isRoute).sorted().forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isRoute(Path file) {
        return file.toString().endsWith(".yaml") && !file.endsWith("openapi.yaml");
    }

    private static void load(DefaultCamelContext context, Path file) throws Exception {
        String text = read(file);
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(List.of(ResourceHelper.fromString("file:" + file, text)))) {
            if (text.startsWith("- route:")) {
                context.addRoutes(builder);
            }
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static RunningRoute route(String id, Address from, Sending... sendings) {
        return new RunningRoute(id, id, "Started", from, List.of(sendings), 0, Numbers.NONE);
    }

    private static Mesh whole() {
        return new Mesh(List.copyOf(MAPS.values()), List.of(), OPERATIONS);
    }

    private static Mesh without(String service) {
        return new Mesh(
                MAPS.values().stream()
                        .filter(map -> !map.service().equals(service))
                        .toList(),
                List.of(service),
                OPERATIONS);
    }

    private static String serviceOf(String id) {
        return id.replaceFirst("/.*", "");
    }

    /** Edges that cross from one service to another, as "from protocol to". */
    private static Set<String> crossings(Mesh mesh) {
        return mesh.edges().stream()
                .filter(edge -> !serviceOf(edge.from()).equals(serviceOf(edge.to())))
                .filter(edge -> MAPS.containsKey(serviceOf(edge.from())) && MAPS.containsKey(serviceOf(edge.to())))
                .map(edge -> serviceOf(edge.from()) + " " + edge.protocol() + " " + serviceOf(edge.to()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hasEveryRouteOfEveryFile() throws Exception {
        Set<String> wanted = new TreeSet<>();
        for (String service : SERVICES) {
            for (Path file : files(service)) {
                String name = file.getFileName().toString().replace(".yaml", "");
                if (read(file).startsWith("- route:")) {
                    wanted.add(service + "/" + name);
                }
            }
        }
        wanted.add("api-gateway/api-gateway-rest");

        assertThat(whole().nodes())
                .filteredOn(node -> node.kind() == Kind.ROUTE)
                .extracting(Node::id)
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void findsTheOtherEndOfEveryEdge() {
        Mesh mesh = whole();

        assertThat(mesh.nodes()).filteredOn(node -> node.kind() == Kind.MISSING).isEmpty();
        assertThat(mesh.nodes()).filteredOn(node -> node.kind() == Kind.SERVICE).isEmpty();
        Set<String> ids = mesh.nodes().stream().map(Node::id).collect(Collectors.toSet());
        assertThat(mesh.edges()).allSatisfy(edge -> assertThat(ids).contains(edge.from(), edge.to()));
        assertThat(mesh.nodes())
                .filteredOn(node -> node.kind() == Kind.STORE)
                .extracting(Node::id)
                .containsExactlyInAnyOrder("PostgreSQL", "S3", "AMQP", "Disk");
    }

    /** All but what an outbox sends, whose keys are known when a message has gone that way. */
    @Test
    void findsEveryWayFromOneServiceToAnother() {
        assertThat(crossings(whole()))
                .containsExactly(
                        "api-gateway HTTP authentication",
                        "api-gateway HTTP upload",
                        "api-gateway gRPC authentication",
                        "api-gateway gRPC encode",
                        "api-gateway gRPC upload",
                        "api-gateway gRPC user",
                        "api-gateway gRPC video-catalog",
                        "authentication gRPC user",
                        "cdn-edge HTTP video-catalog",
                        "encode AMQP video-catalog",
                        "upload AMQP video-catalog",
                        "upload gRPC encode",
                        "user gRPC encode",
                        "user gRPC upload",
                        "user gRPC video-catalog",
                        "video-catalog gRPC user");
    }

    @Test
    void leadsFromAnEndpointToTheRouteOfEachProcedure() {
        assertThat(whole().edges())
                .filteredOn(edge -> edge.from().equals("user/user-grpc-endpoint"))
                .extracting(Edge::to)
                .contains("user/user-find-by-id", "user/user-store", "user/user-change-password")
                .doesNotContain("user/user-replace-password");
        assertThat(whole().edges())
                .filteredOn(edge -> edge.from().equals("api-gateway/api-gateway-rest"))
                .extracting(Edge::to)
                .contains("api-gateway/api-gateway-login", "api-gateway/api-gateway-show-mesh");
    }

    @Test
    void showsASilentServiceAndWhoCallsIt() {
        Mesh mesh = without("user");

        assertThat(mesh.nodes())
                .filteredOn(node -> node.kind() == Kind.SERVICE)
                .extracting(Node::id)
                .containsExactly("user");
        assertThat(mesh.edges())
                .filteredOn(edge -> edge.to().equals("user"))
                .extracting(Edge::from)
                .contains("authentication/authentication-find-user");
        assertThat(mesh.nodes()).filteredOn(node -> node.kind() == Kind.MISSING).isEmpty();
    }

    @Test
    void showsWhatIsSentToNobody() {
        ServiceMap service = new ServiceMap(
                "shop",
                "here-1",
                0,
                List.of(route(
                        "shop-grpc-endpoint",
                        Address.of("servlet:shop"),
                        new Sending(null, null, Address.of("direct:shop-gone"), Numbers.NONE))),
                List.of(),
                null);
        Mesh mesh = new Mesh(List.of(service), List.of(), Set.of());

        assertThat(mesh.nodes())
                .extracting(Node::kind)
                .containsExactlyInAnyOrder(Kind.ROUTE, Kind.MISSING, Kind.CLIENTS);
        assertThat(mesh.edges())
                .extracting(Edge::from, Edge::to)
                .contains(tuple("shop/shop-grpc-endpoint", "shop/direct:shop-gone"));
    }

    @Test
    void followsAMessageToTheQueueThatItsKeyIsBoundTo() {
        Numbers three = new Numbers(3, 1, 0, Collections.nCopies(Numbers.BOUNDS.size() + 1, 0L));
        ServiceMap sender = new ServiceMap(
                "a",
                "here-1",
                0,
                List.of(route(
                        "a-tell",
                        Address.of("timer:a"),
                        new Sending("tell", null, Address.of("spring-rabbitmq:video?routingKey=Told.twice"), three),
                        new Sending(null, null, Address.of("spring-rabbitmq:video"), Numbers.NONE))),
                List.of(),
                null);
        ServiceMap taker = new ServiceMap(
                "b",
                "here-2",
                0,
                List.of(
                        route("b-hear", Address.of("spring-rabbitmq:video?queues=Ears")),
                        route("b-else", Address.of("spring-rabbitmq:video?queues=Other"))),
                List.of(new Binding("video", "Told.#", "Ears"), new Binding("video", "Told", "Other")),
                null);

        assertThat(new Mesh(List.of(sender, taker), List.of(), Set.of()).edges())
                .containsExactly(new Edge("a/a-tell", "b/b-hear", "AMQP", Set.of("Told.twice"), three));
    }
}
