package dev.caravan.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Takes spans by OTLP over HTTP, as Tempo does, and remembers them. */
final class OtlpReceiver implements AutoCloseable {

    private final List<Seen> spans = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A span.
     *
     * @param parent its id; empty of a root
     */
    record Seen(String service, String name, String trace, String id, String parent, long start) {
        @Override
        public String toString() {
            return service + ": " + name;
        }
    }

    OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "otlp");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** All of a trace so far, the oldest first. */
    List<Seen> trace(String id) {
        return spans.stream()
                .filter(span -> span.trace.equals(id))
                .sorted(Comparator.comparingLong(Seen::start))
                .toList();
    }

    /** The traces that have a span of this name. */
    Set<String> tracesWith(String name) {
        return spans.stream()
                .filter(span -> span.name.equals(name))
                .map(Seen::trace)
                .collect(Collectors.toSet());
    }

    /** All that came, with every attribute and event, as text. */
    String text() {
        return String.join("\n", received);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            received.add(request.toString());
            request.getResourceSpansList().forEach(resource -> {
                String service = service(resource.getResource());
                resource.getScopeSpansList()
                        .forEach(scope -> scope.getSpansList().forEach(span -> spans.add(seen(service, span))));
            });
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String service(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst()
                .orElse("");
    }

    private static Seen seen(String service, Span span) {
        HexFormat hex = HexFormat.of();
        return new Seen(
                service,
                span.getName(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getStartTimeUnixNano());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
