package dev.caravan.routelaw.docs;

import dev.caravan.routelaw.Call;
import dev.caravan.routelaw.Settings;
import java.util.List;
import java.util.Map;

/**
 * An endpoint as a reader of the docs sees it.
 *
 * @param protocol such as gRPC; empty for another route of the same service
 * @param peer the service, store or client at the other end; empty for another route
 * @param detail what is asked of it: a method, a statement, a message's key, a path, or the other route's id
 */
record Endpoint(String protocol, String peer, String detail) {

    /** The node of all databases. */
    static final String DATABASE = "PostgreSQL";

    static final String OBJECTS = "S3";
    static final String MESSAGES = "AMQP";
    static final String CLIENTS = "clients";

    /** Understands a call by its component; what it does not know, it shows as it is. */
    static Endpoint of(Call call, Settings settings) {
        Map<String, String> parameters = call.parameters();
        String path = call.path();
        return switch (call.scheme()) {
            case "direct", "seda" -> new Endpoint("", "", path);
            case "grpc" ->
                call.consumer()
                        ? new Endpoint("gRPC", CLIENTS, simpleName(path))
                        : new Endpoint("gRPC", service(path), parameters.getOrDefault("method", ""));
            case "http", "https" -> new Endpoint("HTTP", service(path), rest(path));
            case "sql" -> new Endpoint("SQL", DATABASE, simpleName(path).replace(".sql", ""));
            case "aws2-s3" -> new Endpoint("S3", OBJECTS, parameters.getOrDefault("operation", "putObject"));
            case "spring-rabbitmq" -> amqp(call, settings);
            case "servlet", "platform-http" ->
                new Endpoint(
                        "HTTP",
                        CLIENTS,
                        (parameters.getOrDefault("httpMethodRestrict", "").replace(",", ", ") + " /" + path).strip());
            default -> new Endpoint(call.scheme(), "", path);
        };
    }

    private static Endpoint amqp(Call call, Settings settings) {
        String keys = settings.resolve(call.parameters().getOrDefault("routingKey", ""));
        String queues = settings.resolve(call.parameters().getOrDefault("queues", ""));
        String detail = String.join(", ", keys.split("\\s*,\\s*"));
        if (call.consumer() && !queues.isEmpty()) {
            detail = keys.isEmpty() ? queues : queues + ": " + detail;
        }
        return new Endpoint("AMQP", MESSAGES, detail);
    }

    /** The keys of messages of an AMQP endpoint; where the route does not name them, the queue. */
    List<String> keys() {
        String keys = detail.substring(detail.indexOf(':') + 1).strip();
        return keys.isEmpty() ? List.of() : List.of(keys.split(", "));
    }

    boolean isRoute() {
        return protocol.isEmpty();
    }

    /** For a table. */
    String text() {
        String name = peer.equals(CLIENTS) || peer.equals(protocol) ? protocol : (protocol + " " + peer).strip();
        String shown = protocol.equals("SQL") ? "SQL" : name;
        return isRoute() ? detail : (shown + " " + detail).strip();
    }

    /** {@code {{user.address}}/...} belongs to {@code user}; what is computed is the address of each instance. */
    private static String service(String path) {
        return path.startsWith("${")
                ? "every service"
                : path.replaceFirst("^\\{\\{", "").replaceFirst("[.}].*$", "");
    }

    private static String simpleName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".sql") ? name : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String rest(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? "/" : path.substring(slash);
    }
}
