package dev.caravan.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What docs/messages says of each message of the platform. */
final class MessageSchemas {

    private final Path folder;
    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    MessageSchemas(Path root) {
        folder = root.resolve("docs/messages");
    }

    /** How a message differs from what is said of it, fields that are not described included. */
    List<String> differences(byte[] body) throws IOException {
        JsonNode message = Rest.JSON.readTree(body);
        String key = message.path("key").asText();
        Path file = folder.resolve(key + ".v1.json");
        if (!Files.exists(file)) {
            return List.of(key + " is described nowhere");
        }
        List<String> differences = new ArrayList<>();
        schemas.getSchema(SchemaLocation.of(file.toUri().toString()))
                .validate(message)
                .forEach(fault -> differences.add(key + fault));
        JsonNode described = Rest.JSON.readTree(file.toFile()).at("/properties/data/properties");
        message.path("data").fieldNames().forEachRemaining(field -> {
            if (!described.has(field)) {
                differences.add(key + " has " + field + ", which is not described");
            }
        });
        return differences;
    }
}
