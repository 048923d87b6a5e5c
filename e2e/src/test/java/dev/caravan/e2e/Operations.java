package dev.caravan.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The operations of the REST contract, and who it says may call each. */
final class Operations {

    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    private final JsonNode contract;

    private Operations(JsonNode contract) {
        this.contract = contract;
    }

    static Operations read(Path root) throws IOException {
        return new Operations(new ObjectMapper(new YAMLFactory())
                .readTree(root.resolve("routes/api-gateway/openapi.yaml").toFile()));
    }

    /**
     * One operation.
     *
     * @param access anyone, user, owner or admin
     * @param body what it takes at the least, null for nothing
     */
    record Operation(String id, String method, String path, String access, JsonNode body) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        contract.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
                    if (METHODS.contains(method.getKey())) {
                        JsonNode operation = method.getValue();
                        all.add(new Operation(
                                operation.path("operationId").asText(),
                                method.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                operation.path("x-access").asText(),
                                body(operation)));
                    }
                }));
        return all;
    }

    private JsonNode body(JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        if (schema.has("$ref")) {
            schema = contract.at(schema.path("$ref").asText().substring(1));
        }
        if (schema.isMissingNode()) {
            return null;
        }
        ObjectNode body = Client.JSON.createObjectNode();
        JsonNode properties = schema.path("properties");
        for (JsonNode name : schema.path("required")) {
            body.set(name.asText(), value(name.asText(), properties.path(name.asText())));
        }
        if (body.size() < schema.path("minProperties").asInt()) {
            String first = properties.fieldNames().next();
            body.set(first, value(first, properties.path(first)));
        }
        return body;
    }

    private static JsonNode value(String name, JsonNode schema) {
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> Client.JSON.getNodeFactory().booleanNode(true);
            case "integer", "number" -> Client.JSON.getNodeFactory().numberNode(1);
            case "object" -> {
                ObjectNode object = Client.JSON.createObjectNode();
                schema.path("required")
                        .forEach(field -> object.set(
                                field.asText(),
                                value(field.asText(), schema.path("properties").path(field.asText()))));
                yield object;
            }
            case "array" -> Client.JSON.createArrayNode().add(value(name, schema.path("items")));
            default -> Client.JSON.getNodeFactory().textNode(name.equals("language") ? "en" : "nothing-" + name);
        };
    }
}
