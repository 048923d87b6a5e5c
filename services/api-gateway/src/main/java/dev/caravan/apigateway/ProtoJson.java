package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;

/** Messages as the contract's JSON: snake_case, every field there, an optional one that is not set as null. */
final class ProtoJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ProtoJson() {}

    static ObjectNode of(Message message) {
        ObjectNode object = NODES.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            object.set(field.getName(), value(message, field));
        }
        return object;
    }

    private static JsonNode value(Message message, FieldDescriptor field) {
        if (field.isRepeated()) {
            ArrayNode array = NODES.arrayNode();
            ((List<?>) message.getField(field)).forEach(element -> array.add(scalar(element)));
            return array;
        }
        // A message says by "optional" that it may be missing; another one is there with fields that are empty.
        boolean optional = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? field.hasOptionalKeyword()
                : field.hasPresence();
        return optional && !message.hasField(field) ? NODES.nullNode() : scalar(message.getField(field));
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Message message) {
            return of(message);
        } else if (value instanceof Integer number) {
            return NODES.numberNode(number);
        } else if (value instanceof Long number) {
            return NODES.numberNode(number);
        } else if (value instanceof Double number) {
            return NODES.numberNode(number);
        } else if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        return NODES.textNode(value.toString());
    }
}
