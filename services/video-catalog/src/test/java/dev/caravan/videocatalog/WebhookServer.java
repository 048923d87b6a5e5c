package dev.caravan.videocatalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of somebody else that is told events, and takes them or does not. */
final class WebhookServer implements Closeable {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaMappers(mappers -> mappers.mappings(WebhookServer::file)));

    /** Of docs/events. */
    private static String file(String urn) {
        String[] parts = urn.split(":");
        return Path.of(System.getProperty("caravan.root"), "docs", "events", parts[3] + ".v" + parts[4] + ".json")
                .toUri()
                .toString();
    }

    /** What came, whatever it was answered. */
    record Told(Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What is wrong with it by the schema of its type. */
        Set<ValidationMessage> faults() {
            return SCHEMAS.getSchema(SchemaLocation.of("urn:caravan:event:" + type() + ":1"))
                    .validate(json());
        }

        String type() {
            return json().path("type").asText();
        }
    }

    final List<Told> told = new CopyOnWriteArrayList<>();

    /** Of answers. */
    volatile int status = 204;

    volatile Map<String, String> headers = Map.of();
    volatile String answer = "";

    /** Nothing is answered until this opens. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    WebhookServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
    }

    List<String> types() {
        return told.stream().map(Told::type).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            told.add(new Told(Map.copyOf(exchange.getRequestHeaders()), body));
            gate.await();
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
