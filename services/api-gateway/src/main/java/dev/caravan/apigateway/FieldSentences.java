package dev.caravan.apigateway;

import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema's findings in the sentences of the wire contract, by field. */
final class FieldSentences {

    private FieldSentences() {}

    static Map<String, List<String>> of(Set<ValidationMessage> findings) {
        Map<String, List<String>> sentences = new LinkedHashMap<>();
        for (ValidationMessage finding : findings) {
            String field = field(finding);
            String sentence = sentence(field, finding);
            List<String> known = sentences.computeIfAbsent(field, name -> new ArrayList<>());
            if (!known.contains(sentence)) {
                known.add(sentence);
            }
        }
        return sentences;
    }

    private static String field(ValidationMessage finding) {
        @Nullable String property = finding.getProperty();
        if (property != null) {
            return property;
        }
        int depth = finding.getInstanceLocation().getNameCount();
        return depth == 0 ? "body" : finding.getInstanceLocation().getName(0);
    }

    private static String sentence(String field, ValidationMessage finding) {
        Object bound =
                finding.getArguments() != null && finding.getArguments().length > 0 ? finding.getArguments()[0] : "";
        return switch (finding.getType()) {
            case "required" -> field + " is required";
            case "additionalProperties" -> field + " is not a known field";
            case "type" -> field + " must be " + article(expected(finding));
            case "minLength" ->
                isBlank(finding) ? field + " is required" : field + " must be at least " + bound + " characters";
            case "maxLength" -> field + " must be at most " + bound + " characters";
            case "minimum" -> field + " must be at least " + bound;
            case "maximum" -> field + " must be at most " + bound;
            case "minProperties" -> "at least one field is required";
            case "format" -> "email".equals(expected(finding)) ? field + " must be an email" : field + " is not valid";
            case "enum" -> field + " must be one of " + expectedValues(finding);
            default -> field + " is not valid";
        };
    }

    private static boolean isBlank(ValidationMessage finding) {
        return finding.getInstanceNode() != null
                && finding.getInstanceNode().asText().isBlank();
    }

    private static String expected(ValidationMessage finding) {
        return finding.getSchemaNode() == null ? "" : finding.getSchemaNode().asText();
    }

    private static String expectedValues(ValidationMessage finding) {
        List<String> values = new ArrayList<>();
        if (finding.getSchemaNode() != null) {
            finding.getSchemaNode().forEach(value -> values.add(value.asText()));
        }
        return String.join(", ", values);
    }

    private static String article(String type) {
        return switch (type) {
            case "integer" -> "an integer";
            case "object" -> "an object";
            case "array" -> "a list";
            default -> "a " + type;
        };
    }
}
