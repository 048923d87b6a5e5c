package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Format;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What openapi.yaml says about the input of each operation. */
final class Contract {

    /**
     * An input that comes in the path or the query.
     *
     * @param type of JSON Schema: string, integer, number or boolean
     */
    record Parameter(String name, String type) {}

    /**
     * One operation.
     *
     * @param fields names of all that a client may send, parameters first
     * @param body the body's schema; null when the operation takes none
     */
    record Operation(
            List<Parameter> parameters,
            Shape parameterSchema,
            @Nullable Shape body,
            List<String> fields) {}

    /** What an input has to be, of which text is measured as it is kept. */
    record Shape(JsonSchema schema) {

        Set<ValidationMessage> validate(JsonNode input) {
            return schema.validate(kept(input));
        }

        private static JsonNode kept(JsonNode input) {
            if (input.isTextual()) {
                return JsonNodeFactory.instance.textNode(UserText.line(input.textValue()));
            }
            if (input instanceof ArrayNode array) {
                ArrayNode kept = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> kept.add(kept(element)));
                return kept;
            }
            if (input instanceof ObjectNode object) {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                object.fields().forEachRemaining(field -> kept.set(field.getKey(), kept(field.getValue())));
                return kept;
            }
            return input;
        }
    }

    /** OpenAPI's words beside JSON Schema's ({@code example}, {@code nullable}) check nothing. */
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(JsonMetaSchema.getV202012().getIri())
            .metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .format(new EmailFormat())
                    .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
                    .build())
            .build();

    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final Map<String, Operation> operations = new TreeMap<>();
    private final Set<String> queryParameters = new TreeSet<>();

    private Contract() {}

    /** As the user service says it; the library's own takes only the top-level domains that it knows. */
    private static final class EmailFormat implements Format {

        @Override
        public String getName() {
            return "email";
        }

        @Override
        public boolean matches(ExecutionContext context, String value) {
            return value.isBlank() || FieldErrors.isEmail(value);
        }
    }

    /** @throws IOException when it can't be read or is no YAML */
    static Contract read(InputStream openapi) throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        JsonNode document = yaml.readTree(openapi);
        Contract contract = new Contract();
        for (JsonNode path : document.path("paths")) {
            for (JsonNode operation : path) {
                if (operation.has("operationId")) {
                    contract.operations.put(
                            operation.path("operationId").asText(), contract.operation(document, operation, yaml));
                }
            }
        }
        return contract;
    }

    /** @throws IllegalArgumentException when the contract has no such operation */
    Operation operation(String id) {
        Operation operation = operations.get(id);
        if (operation == null) {
            throw new IllegalArgumentException("openapi.yaml has no operation " + id);
        }
        return operation;
    }

    /** The ids of all operations. */
    Set<String> operations() {
        return Set.copyOf(operations.keySet());
    }

    /** Names of what a client may send, or none for what is no operation. */
    List<String> fields(String id) {
        Operation operation = operations.get(id);
        return operation == null ? List.of() : operation.fields();
    }

    /** The names of what some operation has in its query. */
    Set<String> queryParameters() {
        return queryParameters;
    }

    private Operation operation(JsonNode document, JsonNode operation, ObjectMapper mapper) {
        List<Parameter> parameters = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        var parameterSchema = mapper.createObjectNode().put("type", "object");
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asText();
            parameters.add(
                    new Parameter(name, parameter.path("schema").path("type").asText("string")));
            fields.add(name);
            if (parameter.path("in").asText().equals("query")) {
                queryParameters.add(name);
            }
            parameterSchema.withObjectProperty("properties").set(name, resolved(document, parameter.path("schema")));
            if (parameter.path("required").asBoolean()) {
                parameterSchema.withArrayProperty("required").add(name);
            }
        }
        JsonNode body = resolved(
                document,
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema"));
        body.path("properties").fieldNames().forEachRemaining(fields::add);
        return new Operation(
                List.copyOf(parameters),
                new Shape(SCHEMAS.getSchema(parameterSchema, CONFIG)),
                body.isMissingNode() ? null : new Shape(SCHEMAS.getSchema(body, CONFIG)),
                List.copyOf(fields));
    }

    /** With what its references stand for in their places, at any depth. */
    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        if (schema.has("$ref")) {
            return resolved(document, document.at(schema.path("$ref").asText().substring(1)));
        }
        if (schema instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(resolved(document, element)));
            return copy;
        }
        if (schema instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.fields()
                    .forEachRemaining(member -> copy.set(member.getKey(), resolved(document, member.getValue())));
            return copy;
        }
        return schema;
    }
}
