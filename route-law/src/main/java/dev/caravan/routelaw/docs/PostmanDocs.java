package dev.caravan.routelaw.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Makes docs/postman/caravan.postman_collection.json of the REST contract and of docs/postman/story.yaml, which says what is sent and
 * in which order: a collection, version 2.1, that runs whole, each request with a test.
 */
public final class PostmanDocs {

    private static final String SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    private static final String PREFIX = "api-gateway-";
    private static final String JSON = "application/json";
    private static final String BASE = "{{baseUrl}}";
    private static final int MOST_TRIES = 240;

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final JsonNode contract;
    private final JsonNode story;
    private final Map<String, Operation> operations = new LinkedHashMap<>();

    /** One of the contract. */
    private record Operation(String method, String path, JsonNode contract) {}

    private PostmanDocs(Path root) {
        contract = read(root.resolve("routes/api-gateway/openapi.yaml"));
        story = read(root.resolve("docs/postman/story.yaml"));
        contract.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(method -> operations.put(
                        method.getValue().path("operationId").asText().replace(PREFIX, ""),
                        new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
    }

    /** The collection for the project whose root this is; the same files give the same text. */
    public static String collection(Path root) {
        return new PostmanDocs(root).collection();
    }

    /** Operations of the contract that the story leaves out, and names of the story that are no operations. */
    public static Set<String> differences(Path root) {
        PostmanDocs docs = new PostmanDocs(root);
        Set<String> told = new TreeSet<>();
        docs.story.forEach(folder -> folder.path("requests").forEach(request -> {
            if (request.has("operation")) {
                told.add(request.path("operation").asText());
            }
        }));
        Set<String> differences = new TreeSet<>(docs.operations.keySet());
        differences.removeAll(told);
        told.removeAll(docs.operations.keySet());
        differences.addAll(told);
        return differences;
    }

    private String collection() {
        ObjectNode collection = JsonNodeFactory.instance.objectNode();
        collection
                .putObject("info")
                .put("name", "Caravan")
                .put(
                        "description",
                        "Every operation of the API, in an order in which all of them work: run the whole collection, or send what you"
                                + " like after Account. adminPassword is in keys/admin-password of the data folder; film.mp4 and"
                                + " picture.jpg are files of yours in Postman's working directory.")
                .put("schema", SCHEMA);
        ArrayNode folders = collection.putArray("item");
        for (JsonNode folder : story) {
            ArrayNode items = folders.addObject()
                    .put("name", folder.path("folder").asText())
                    .putArray("item");
            folder.path("requests").forEach(request -> items.add(item(request)));
        }
        try {
            return json.writeValueAsString(collection) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode item(JsonNode told) {
        String id = told.path("operation").asText();
        Operation operation = operations.get(id);
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("name", told.path("name").asText(operation == null ? id : summary(operation)));
        // A redirect is the answer, and not what is there.
        item.putObject("protocolProfileBehavior").put("followRedirects", false);
        ArrayNode events = item.putArray("event");
        if (told.has("set")) {
            List<String> lines = new ArrayList<>();
            told.path("set")
                    .fields()
                    .forEachRemaining(variable ->
                            lines.add("pm.environment.set('" + variable.getKey() + "', pm.variables.replaceIn('"
                                    + variable.getValue().asText() + "'));"));
            script(events, "prerequest", lines);
        }
        script(events, "test", tests(told, operation));
        ObjectNode request = item.putObject("request");
        request.put("method", operation == null ? told.path("method").asText() : operation.method());
        if (operation != null && operation.contract().has("description")) {
            request.put("description", operation.contract().path("description").asText());
        }
        authorize(request, told, operation);
        ArrayNode headers = request.putArray("header");
        told.path("headers")
                .fields()
                .forEachRemaining(header ->
                        header(headers, header.getKey(), header.getValue().asText()));
        body(request, headers, told);
        url(request, told, operation);
        return item;
    }

    private static String summary(Operation operation) {
        return operation.contract().path("summary").asText();
    }

    private static void authorize(ObjectNode request, JsonNode told, @Nullable Operation operation) {
        String access = operation == null
                ? "anyone"
                : operation.contract().path("x-access").asText();
        String as = told.path("as").asText(access.equals("owner") ? "user" : access);
        ObjectNode auth = request.putObject("auth");
        if (as.equals("anyone")) {
            auth.put("type", "noauth");
            return;
        }
        auth.put("type", "bearer")
                .putArray("bearer")
                .addObject()
                .put("key", "token")
                .put("value", as.equals("admin") ? "{{adminToken}}" : "{{token}}")
                .put("type", "string");
    }

    private void body(ObjectNode request, ArrayNode headers, JsonNode told) {
        JsonNode body = told.path("body");
        String type = told.path("type").asText(JSON);
        if (told.has("form")) {
            ArrayNode fields = request.putObject("body").put("mode", "formdata").putArray("formdata");
            told.path("form").fields().forEachRemaining(field -> {
                String value = field.getValue().asText();
                ObjectNode part = fields.addObject().put("key", field.getKey());
                if (value.startsWith("@")) {
                    part.put("type", "file").put("src", value.substring(1));
                } else {
                    part.put("type", "text").put("value", value);
                }
            });
        } else if (told.has("file")) {
            if (told.has("type")) {
                header(headers, "Content-Type", type);
            }
            request.putObject("body")
                    .put("mode", "file")
                    .putObject("file")
                    .put("src", told.path("file").asText());
        } else if (!body.isMissingNode()) {
            header(headers, "Content-Type", type);
            try {
                request.putObject("body")
                        .put("mode", "raw")
                        .put("raw", body.isTextual() ? body.asText() : json.writeValueAsString(body));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void header(ArrayNode headers, String name, String value) {
        headers.addObject().put("key", name).put("value", value);
    }

    private static void url(ObjectNode request, JsonNode told, @Nullable Operation operation) {
        if (operation == null) {
            request.put("url", told.path("url").asText());
            return;
        }
        ObjectNode url = request.putObject("url");
        StringBuilder raw = new StringBuilder(BASE + operation.path().replaceAll("\\{(\\w+)}", ":$1"));
        url.putArray("host").add(BASE);
        ArrayNode path = url.putArray("path");
        for (String part : operation.path().substring(1).split("/")) {
            path.add(part.replaceAll("\\{(\\w+)}", ":$1"));
        }
        if (told.has("path")) {
            ArrayNode variables = url.putArray("variable");
            told.path("path").fields().forEachRemaining(variable -> variables
                    .addObject()
                    .put("key", variable.getKey())
                    .put("value", variable.getValue().asText()));
        }
        ArrayNode query = JsonNodeFactory.instance.arrayNode();
        told.path("query").fields().forEachRemaining(parameter -> {
            raw.append(query.isEmpty() ? '?' : '&')
                    .append(parameter.getKey())
                    .append('=')
                    .append(parameter.getValue().asText());
            query.addObject()
                    .put("key", parameter.getKey())
                    .put("value", parameter.getValue().asText());
        });
        // What else may be asked is there to be ticked.
        operation.contract().path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asText();
            if (parameter.path("in").asText().equals("query")
                    && !told.path("query").has(name)) {
                query.addObject()
                        .put("key", name)
                        .put("value", "")
                        .put("description", parameter.path("description").asText())
                        .put("disabled", true);
            }
        });
        if (!query.isEmpty()) {
            url.set("query", query);
        }
        url.put("raw", raw.toString());
    }

    private static void script(ArrayNode events, String listen, List<String> lines) {
        ArrayNode exec = events.addObject()
                .put("listen", listen)
                .putObject("script")
                .put("type", "text/javascript")
                .putArray("exec");
        lines.forEach(exec::add);
    }

    private List<String> tests(JsonNode told, @Nullable Operation operation) {
        List<String> statuses = told.has("status")
                ? StreamSupport.stream(told.path("status").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(expected(operation));
        List<String> lines = new ArrayList<>();
        lines.add("const type = pm.response.headers.get('Content-Type') ?? '';");
        lines.add("const answer = type.includes('json') && pm.response.text() ? pm.response.json() : null;");
        List<String> check = new ArrayList<>();
        check.add("pm.test('answers " + String.join(" or ", statuses)
                + "', () => pm.expect(pm.response.code).to.be.oneOf([" + String.join(", ", statuses) + "]));");
        if (operation != null && hasEnvelope(operation, statuses.get(0))) {
            check.add("pm.test('is an envelope', () => pm.expect(answer).to.include.keys('message', 'data'));");
        }
        told.path("keep")
                .fields()
                .forEachRemaining(variable -> check.add("pm.environment.set('" + variable.getKey() + "', "
                        + variable.getValue().asText() + ");"));
        if (!told.has("until")) {
            lines.addAll(check);
            return lines;
        }
        lines.add("const tries = Number(pm.environment.get('tries') ?? 0) + 1;");
        lines.add("if (pm.response.code === 200 && !(" + told.path("until").asText() + ") && tries < " + MOST_TRIES
                + ") {");
        lines.add("  pm.environment.set('tries', tries);");
        lines.add("  setTimeout(() => pm.execution.setNextRequest(pm.info.requestName), 1000);");
        lines.add("} else {");
        lines.add("  pm.environment.unset('tries');");
        check.forEach(line -> lines.add("  " + line));
        lines.add("}");
        return lines;
    }

    private static String expected(@Nullable Operation operation) {
        return operation == null
                ? "200"
                : operation.contract().path("responses").fieldNames().next();
    }

    private boolean hasEnvelope(Operation operation, String status) {
        JsonNode schema = operation.contract().at("/responses/" + status + "/content/application~1json/schema");
        String reference = schema.path("$ref").asText();
        JsonNode resolved = reference.isEmpty() ? schema : contract.at(reference.substring(1));
        return resolved.path("properties").has("message")
                && resolved.path("properties").has("data");
    }

    private JsonNode read(Path file) {
        try {
            return json.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
