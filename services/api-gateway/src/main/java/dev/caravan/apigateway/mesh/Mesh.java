package dev.caravan.apigateway.mesh;

import dev.caravan.kernel.mesh.Address;
import dev.caravan.kernel.mesh.Numbers;
import dev.caravan.kernel.mesh.ServiceMap;
import dev.caravan.kernel.mesh.ServiceMap.RunningRoute;
import dev.caravan.kernel.mesh.ServiceMap.Sending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One graph of the routes of all services. Who calls whom is derived from the endpoints: what one route sends to is where
 * another's messages come from, within a service, by gRPC, by HTTP or through the queues of the message broker.
 */
final class Mesh {

    /** What a node is. */
    enum Kind {
        ROUTE,
        STORE,
        CLIENTS,
        /** A service whose routes are not known, because it did not answer. */
        SERVICE,
        /** Something that a route sends to and nobody receives from. */
        MISSING
    }

    /** @param from where its messages come from, in words */
    record Node(
            String id,
            Kind kind,
            @Nullable String service,
            String name,
            @Nullable String description,
            @Nullable String state,
            String from,
            int inFlight,
            Numbers numbers) {

        static Node of(Kind kind, String name) {
            return new Node(name, kind, null, name, null, null, "", 0, Numbers.NONE);
        }
    }

    /**
     * @param protocol such as gRPC
     * @param details such as the procedures that are called
     */
    record Edge(String from, String to, String protocol, Set<String> details, Numbers numbers) {}

    private static final String BROKER = "AMQP";
    private static final String OWN_QUESTION = "/mesh";
    private static final String CLIENTS = "Clients";
    private static final String DEFAULT_EXCHANGE = "default";
    private static final Set<String> HTTP_SERVERS = Set.of("servlet", "platform-http", "rest-openapi");

    private final List<ServiceMap> services;
    private final Collection<String> operations;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Edge> edges = new LinkedHashMap<>();

    /**
     * @param services those that answered
     * @param silent names of those that did not
     * @param operations of the REST contract, each called like the route that serves it
     */
    Mesh(List<ServiceMap> services, Collection<String> silent, Collection<String> operations) {
        this.services = services;
        this.operations = operations;
        silent.forEach(name -> add(Node.of(Kind.SERVICE, name)));
        services.forEach(service -> service.routes().forEach(route -> add(node(service, route))));
        services.forEach(service -> service.routes().forEach(route -> connect(service, route)));
        services.forEach(service -> service.routes().stream()
                .filter(route -> HTTP_SERVERS.contains(route.from().scheme()) && !isCalled(id(service, route)))
                .forEach(route ->
                        edge(add(Node.of(Kind.CLIENTS, CLIENTS)), id(service, route), "HTTP", "", route.numbers())));
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Edge> edges() {
        return List.copyOf(edges.values());
    }

    private static Node node(ServiceMap service, RunningRoute route) {
        return new Node(
                id(service, route),
                Kind.ROUTE,
                service.service(),
                route.id(),
                route.description(),
                route.state(),
                text(route.from()),
                route.inFlight(),
                route.numbers());
    }

    private static String id(ServiceMap service, RunningRoute route) {
        return service.service() + "/" + route.id();
    }

    private static String text(Address address) {
        String key = Stream.of("queues", "method", "httpMethodRestrict")
                .map(address::option)
                .filter(option -> !option.isEmpty())
                .findFirst()
                .orElse("");
        return (address.scheme() + ":" + address.path() + " " + key).strip();
    }

    private String add(Node node) {
        nodes.putIfAbsent(node.id(), node);
        return node.id();
    }

    private boolean isCalled(String id) {
        return edges.values().stream().anyMatch(edge -> edge.to().equals(id));
    }

    private void edge(String from, String to, String protocol, String detail, Numbers numbers) {
        edges.merge(
                from + " " + to + " " + protocol,
                new Edge(from, to, protocol, detail.isEmpty() ? Set.of() : Set.of(detail), numbers),
                (one, other) -> {
                    Set<String> details = new TreeSet<>(one.details());
                    details.addAll(other.details());
                    return new Edge(from, to, protocol, details, one.numbers().plus(other.numbers()));
                });
    }

    private void connect(ServiceMap service, RunningRoute route) {
        String from = id(service, route);
        for (Sending sending : route.sendings()) {
            Address to = sending.to();
            switch (to.scheme()) {
                case "direct", "seda" -> edge(from, inner(service, to), to.scheme(), "", sending.numbers());
                case "grpc" -> edge(from, procedure(sending), "gRPC", to.option("method"), sending.numbers());
                case "http", "https" -> {
                    // The map's own questions are no traffic of the platform.
                    if (!path(to).endsWith(OWN_QUESTION)) {
                        edge(from, web(sending), "HTTP", path(to), sending.numbers());
                    }
                }
                case "spring-rabbitmq" -> publish(from, route, sending);
                case "sql" -> edge(from, store("PostgreSQL"), "SQL", statement(to), sending.numbers());
                case "aws2-s3" -> edge(from, store("S3"), "S3", operation(to), sending.numbers());
                case "file" -> edge(from, store("Disk"), "file", "", sending.numbers());
                case "log", "micrometer" -> {
                    // Lines and numbers go nowhere.
                }
                default -> edge(from, store(to.scheme()), to.scheme(), to.path(), sending.numbers());
            }
        }
        if (route.from().scheme().equals("sql")) {
            // It looks there by itself, again and again.
            edge(from, store("PostgreSQL"), "SQL", statement(route.from()), route.numbers());
        }
        if (route.from().scheme().equals("rest-openapi")) {
            // Camel hands a request to the operation's route without an event that could be counted.
            service.routes().stream()
                    .filter(operation -> operations.contains(operation.id()))
                    .forEach(operation -> edge(from, id(service, operation), "direct", "", operation.numbers()));
        }
    }

    private String store(String name) {
        return add(Node.of(Kind.STORE, name));
    }

    private static String statement(Address to) {
        return to.path().replaceFirst("\\.sql$", "");
    }

    private static String operation(Address to) {
        return to.option("operation").isEmpty() ? "putObject" : to.option("operation");
    }

    private static String path(Address to) {
        int slash = to.path().indexOf('/');
        return slash < 0 ? "/" : to.path().substring(slash);
    }

    private String inner(ServiceMap service, Address to) {
        return service.routes().stream()
                .filter(route -> route.from().scheme().equals(to.scheme())
                        && route.from().path().equals(to.path()))
                .map(route -> id(service, route))
                .findFirst()
                .orElseGet(() -> missing(service.service() + "/" + to.scheme() + ":" + to.path()));
    }

    private String missing(String name) {
        return add(Node.of(Kind.MISSING, name));
    }

    /** The endpoint that serves the contract; the health of a service is its endpoint's too. */
    private String procedure(Sending sending) {
        String contract = path(sending.to());
        return routesFrom(Set.of("grpc"), null)
                .filter(target -> path(target.route.from()).equals(contract))
                .findFirst()
                .or(() -> routesFrom(Set.of("grpc"), sending.peer()).findFirst())
                .map(Target::id)
                .orElseGet(() -> elsewhere(sending));
    }

    /** A servlet's path begins below that of its container, so the ends are compared too. */
    private String web(Sending sending) {
        if (sending.peer() == null) {
            return elsewhere(sending);
        }
        String wanted = path(sending.to());
        return routesFrom(HTTP_SERVERS, sending.peer())
                .filter(target -> {
                    String path = "/" + target.route.from().path();
                    return wanted.startsWith(path) || wanted.endsWith(path);
                })
                .findFirst()
                .map(Target::id)
                .orElseGet(() -> elsewhere(sending));
    }

    /** A service that is silent, or has no such endpoint, or the machine that it is when it is none of ours. */
    private String elsewhere(Sending sending) {
        String peer = sending.peer();
        if (peer != null) {
            return services.stream().anyMatch(service -> service.service().equals(peer))
                    ? missing(peer + path(sending.to()))
                    : add(Node.of(Kind.SERVICE, peer));
        }
        return store(sending.to().path().replaceFirst("/.*", ""));
    }

    private record Target(ServiceMap service, RunningRoute route) {
        String id() {
            return Mesh.id(service, route);
        }
    }

    private Stream<Target> routesFrom(Set<String> schemes, @Nullable String peer) {
        return services.stream()
                .filter(service -> peer == null || peer.equals(service.service()))
                .flatMap(service -> service.routes().stream()
                        .filter(route -> schemes.contains(route.from().scheme()))
                        .map(route -> new Target(service, route)));
    }

    private void publish(String from, RunningRoute route, Sending sending) {
        Address to = sending.to();
        String key = to.option("routingKey");
        if (key.isEmpty() && isKnownMore(route, to)) {
            return;
        }
        List<Target> takers = new ArrayList<>();
        for (String queue : queues(to.path(), key)) {
            routesFrom(Set.of("spring-rabbitmq"), null)
                    .filter(target -> List.of(
                                    target.route.from().option("queues").split("\\s*,\\s*", -1))
                            .contains(queue))
                    .forEach(takers::add);
        }
        // Until the first message has told which queue it is for, and when nobody listens there.
        Collection<String> ends = takers.isEmpty()
                ? List.of(store(BROKER))
                : takers.stream().map(Target::id).toList();
        ends.forEach(end -> edge(from, end, BROKER, key, sending.numbers()));
    }

    /** Whether messages with a key went the same way; then the way itself says nothing. */
    private static boolean isKnownMore(RunningRoute route, Address way) {
        return route.sendings().stream()
                .map(Sending::to)
                .anyMatch(other -> other.scheme().equals(way.scheme())
                        && other.path().equals(way.path())
                        && !other.option("routingKey").isEmpty());
    }

    /** Where the broker puts a message: what is bound, or on the default exchange the queue of the key's name. */
    private Set<String> queues(String exchange, String key) {
        if (exchange.equals(DEFAULT_EXCHANGE) || exchange.isEmpty()) {
            return Set.of(key);
        }
        Set<String> queues = new LinkedHashSet<>();
        services.stream()
                .flatMap(service -> service.bindings().stream())
                .filter(binding -> binding.exchange().equals(exchange)
                        && pattern(binding.key()).matcher(key).matches())
                .forEach(binding -> queues.add(binding.queue()));
        return queues;
    }

    /** A topic exchange's: * is one word, # any number of them. */
    private static Pattern pattern(String key) {
        return Pattern.compile(Pattern.quote(key).replace("*", "\\E[^.]+\\Q").replace("#", "\\E.*\\Q"));
    }
}
