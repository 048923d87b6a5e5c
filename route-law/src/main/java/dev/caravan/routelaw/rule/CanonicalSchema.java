package dev.caravan.routelaw.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the canonical YAML DSL, made from the one that camel-yaml-dsl ships.
 *
 * <p>Camel 4.17 ships the classic schema only, which accepts short forms beside the full one ({@code to: "log:x"},
 * {@code setBody: {simple: "..."}}). Later releases ship a canonical one too: the classic one without its
 * alternatives. The same is done here: where there are alternatives, the object with all its properties stays.
 */
final class CanonicalSchema {

    private static final String CLASSIC = "/schema/camelYamlDsl.json";

    private CanonicalSchema() {}

    static JsonSchema load() {
        try (InputStream in = CanonicalSchema.class.getResourceAsStream(CLASSIC)) {
            if (in == null) {
                throw new IllegalStateException(CLASSIC + " is not in the camel-yaml-dsl jar");
            }
            JsonNode schema = new ObjectMapper().readTree(in);
            ObjectNode entries = (ObjectNode) schema.get("items");
            for (JsonNode definition : entries.get("definitions")) {
                makeCanonical((ObjectNode) definition);
            }
            removeMarks(schema);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeCanonical(ObjectNode definition) {
        List<ObjectNode> alternatives = new ArrayList<>();
        collect(definition.remove("oneOf"), alternatives);
        collect(definition.remove("anyOf"), alternatives);
        if (alternatives.isEmpty()) {
            return;
        }
        definition.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = definition.withObjectProperty("properties");
        for (ObjectNode alternative : alternatives) {
            if (alternative.get("properties") instanceof ObjectNode declared) {
                declared.properties().forEach(property -> properties.set(property.getKey(), property.getValue()));
            }
        }
        // The classic schema lists what only the short form has with an empty schema.
        properties.properties().removeIf(CanonicalSchema::isShortForm);
    }

    /** "deprecated" is a mark that the validator would warn of. */
    private static void removeMarks(JsonNode schema) {
        if (schema.path("deprecated").isBoolean()) {
            ((ObjectNode) schema).remove("deprecated");
        }
        schema.forEach(CanonicalSchema::removeMarks);
    }

    private static void collect(@Nullable JsonNode alternatives, List<ObjectNode> found) {
        if (alternatives == null) {
            return;
        }
        for (JsonNode alternative : alternatives) {
            if (alternative instanceof ObjectNode object) {
                found.add(object);
                collect(object.get("oneOf"), found);
                collect(object.get("anyOf"), found);
            }
        }
    }

    private static boolean isShortForm(Map.Entry<String, JsonNode> property) {
        return property.getValue().isEmpty();
    }
}
