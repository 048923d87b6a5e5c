package dev.caravan.routelaw.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.routelaw.Flow;
import dev.caravan.routelaw.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes docs/asyncapi.json, AsyncAPI 3.1: messages as docs/messages describes them, the exchange, keys and queues that
 * config/rabbitmq/definitions.json has, which routes read them, and webhooks with the events of docs/events.
 */
public final class AsyncApiDocs {

    private static final String MESSAGES = "#/components/messages/";
    private static final String CHANNELS = "#/channels/";
    private static final String WEBHOOKS = "webhooks";
    private static final String SENT_BY = "x-sent-by";
    /** Of a message that is sent to a queue by its name. */
    private static final String SENT_TO = "x-sent-to";

    private static final String VERSION = ".v1.json";
    private static final String VIDEO = "video";
    private static final String DESCRIPTION = "description";
    private static final String ACTION = "action";

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path root;
    private final Project project;
    private final Links links;
    private final Map<String, JsonNode> messages;
    private final Map<String, JsonNode> events;
    private final JsonNode broker;
    private final ObjectNode api = json.createObjectNode();

    private AsyncApiDocs(Path root) {
        this.root = root;
        project = new Project(root);
        links = new Links(project);
        messages = schemas(root.resolve("docs/messages"));
        events = schemas(root.resolve("docs/events"));
        broker = read(root.resolve("config/rabbitmq/definitions.json"));
    }

    /** The document for the project whose root this is; the same files give the same text. */
    public static String document(Path root) {
        return new AsyncApiDocs(root).document();
    }

    /** Keys and queues that are bound, sent, read or described, and not all of these, each with a sentence. */
    public static List<String> differences(Path root) {
        return new AsyncApiDocs(root).differences();
    }

    private String document() {
        api.put("asyncapi", "3.1.0").put("id", "urn:caravan");
        api.putObject("info")
                .put("title", "Caravan")
                .put("version", "0.1.0")
                .put(
                        DESCRIPTION,
                        "What services tell each other by AMQP 0-9-1, at least once and in any order, and what webhooks are told."
                                + " Made by ./caravan asyncapi.")
                .putObject("license")
                .put("name", "Apache-2.0");
        api.put("defaultContentType", "application/json");
        api.putObject("servers")
                .putObject("broker")
                .put("host", "localhost:5672")
                .put("protocol", "amqp")
                .put(DESCRIPTION, "RabbitMQ, or any broker of AMQP 0-9-1.");
        ObjectNode channels = api.putObject("channels");
        keys().forEach(key -> keyChannel(channels, key));
        queues().forEach(queue -> queueChannel(channels, queue));
        webhookChannel(channels);
        ObjectNode operations = api.putObject("operations");
        messages.forEach(
                (key, schema) -> schema.path(SENT_BY).forEach(service -> send(operations, service.asText(), key)));
        readers().forEach((queue, flow) -> receive(operations, queue, flow));
        operations
                .putObject("video-catalog-deliver")
                .put(ACTION, "send")
                .put("title", "Sends an event to a webhook.")
                .putObject("channel")
                .put("$ref", CHANNELS + WEBHOOKS);
        ObjectNode components = api.putObject("components");
        ObjectNode described = components.putObject("messages");
        messages.forEach((key, schema) -> describe(described, key, schema));
        events.forEach((type, schema) -> {
            if (!type.equals(VIDEO)) {
                describe(described, name(type), schema);
            }
        });
        components.putObject("schemas").set(VIDEO, payload(Objects.requireNonNull(events.get(VIDEO))));
        try {
            return json.writeValueAsString(api) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keyChannel(ObjectNode channels, String key) {
        ObjectNode channel = channels.putObject(key).put("address", key);
        channel.put(DESCRIPTION, "To the queues " + String.join(", ", queuesOf(key)) + ".");
        mention(channel, key);
        ObjectNode amqp = channel.putObject("bindings").putObject("amqp").put("is", "routingKey");
        JsonNode exchange = broker.path("exchanges").path(0);
        amqp.putObject("exchange")
                .put("name", exchange.path("name").asText())
                .put("type", exchange.path("type").asText())
                .put("durable", true)
                .put("autoDelete", false)
                .put("vhost", "/");
    }

    private void queueChannel(ObjectNode channels, String queue) {
        ObjectNode channel = channels.putObject(queue).put("address", queue);
        List<String> bound = bindings()
                .filter(binding -> binding.path("destination").asText().equals(queue))
                .map(binding -> binding.path("routing_key").asText())
                .toList();
        channel.put(
                DESCRIPTION,
                bound.isEmpty() ? "Sent to by its name." : "Of the exchange's keys " + String.join(", ", bound) + ".");
        List<String> told = bound.isEmpty() ? sentTo(queue) : bound;
        if (!told.isEmpty()) {
            mention(channel, told.toArray(String[]::new));
        }
        channel.putObject("bindings")
                .putObject("amqp")
                .put("is", "queue")
                .putObject("queue")
                .put("name", queue)
                .put("durable", true)
                .put("exclusive", false)
                .put("autoDelete", false)
                .put("vhost", "/");
    }

    private void webhookChannel(ObjectNode channels) {
        ObjectNode channel = channels.putObject(WEBHOOKS);
        channel.putNull("address");
        channel.put(
                DESCRIPTION,
                "A POST to the URL of a webhook, signed as Standard Webhooks 1.0.0 have it, again until it is answered 2xx:"
                        + " docs/webhooks.md.");
        mention(
                channel,
                events.keySet().stream()
                        .filter(type -> !type.equals(VIDEO))
                        .map(AsyncApiDocs::name)
                        .toArray(String[]::new));
    }

    private void mention(ObjectNode channel, String... names) {
        ObjectNode mentioned = channel.putObject("messages");
        for (String name : names) {
            mentioned.putObject(name).put("$ref", MESSAGES + name);
        }
    }

    private void send(ObjectNode operations, String service, String key) {
        if (keys().contains(key)) {
            operations
                    .putObject(service + "-send-" + key)
                    .put(ACTION, "send")
                    .put("title", service + " sends " + key + ".")
                    .putObject("channel")
                    .put("$ref", CHANNELS + key);
        }
    }

    private static void receive(ObjectNode operations, String queue, Flow flow) {
        operations
                .putObject(flow.id())
                .put(ACTION, "receive")
                .put("title", flow.description())
                .putObject("channel")
                .put("$ref", CHANNELS + queue);
    }

    private void describe(ObjectNode described, String name, JsonNode schema) {
        ObjectNode message = described
                .putObject(name)
                .put("name", schema.path("title").asText())
                .put("title", schema.path("title").asText())
                .put("summary", schema.path(DESCRIPTION).asText());
        message.set("payload", payload(schema));
    }

    /** Without what is said of the schema itself; a video is a component of its own. */
    private static JsonNode payload(JsonNode schema) {
        ObjectNode payload = schema.deepCopy();
        payload.remove(List.of("$schema", "$id", "title", DESCRIPTION, SENT_BY, SENT_TO));
        payload.findParents("$ref").forEach(parent -> ((ObjectNode) parent).put("$ref", "#/components/schemas/video"));
        return payload;
    }

    private List<String> differences() {
        List<String> differences = new ArrayList<>();
        Set<String> described = new TreeSet<>();
        messages.forEach((key, schema) -> {
            if (!schema.has(SENT_TO)) {
                described.add(key);
            }
        });
        if (!described.equals(keys())) {
            differences.add("docs/messages describes " + described + ", and bound are " + keys());
        }
        Set<String> read = new TreeSet<>(readers().keySet());
        if (!read.equals(queues())) {
            differences.add("routes read " + read + ", and there are " + queues());
        }
        messages.forEach((key, schema) -> schema.path(SENT_BY).forEach(service -> {
            if (!project.main(service.asText()).mentions(key) && !isInSql(service.asText(), key)) {
                differences.add(service.asText() + " is said to send " + key + ", and does not name it");
            }
        }));
        return differences;
    }

    private boolean isInSql(String service, String key) {
        return project.resources(service, ".sql").stream()
                .anyMatch(file -> text(root.resolve(file)).contains("'" + key + "'"));
    }

    private Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        bindings().forEach(binding -> keys.add(binding.path("routing_key").asText()));
        return keys;
    }

    private List<String> queuesOf(String key) {
        return bindings()
                .filter(binding -> binding.path("routing_key").asText().equals(key))
                .map(binding -> binding.path("destination").asText())
                .toList();
    }

    /** Messages that are sent to a queue by its name. */
    private List<String> sentTo(String queue) {
        return messages.entrySet().stream()
                .filter(message -> message.getValue().path(SENT_TO).asText().equals(queue))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Set<String> queues() {
        Set<String> queues = new TreeSet<>();
        broker.path("queues").forEach(queue -> queues.add(queue.path("name").asText()));
        return queues;
    }

    private Stream<JsonNode> bindings() {
        List<JsonNode> bindings = new ArrayList<>();
        broker.path("bindings").forEach(bindings::add);
        return bindings.stream();
    }

    /** The route that reads a queue, by the queue. */
    private Map<String, Flow> readers() {
        Map<String, Flow> readers = new TreeMap<>();
        for (String service : project.services()) {
            for (Flow flow : links.running(service)) {
                Endpoint from = links.from(flow);
                if (from.peer().equals(Endpoint.MESSAGES)) {
                    from.keys().forEach(queue -> readers.put(queue, flow));
                }
            }
        }
        return readers;
    }

    /** video.ready to VideoReadyEvent: names of components have no dots. */
    private static String name(String type) {
        StringBuilder name = new StringBuilder();
        for (String word : type.split("[._]")) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return name.append("Event").toString();
    }

    private Map<String, JsonNode> schemas(Path folder) {
        Map<String, JsonNode> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> schemas.put(file.getFileName().toString().replace(VERSION, ""), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode read(Path file) {
        try {
            return json.readTree(text(file));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }
}
