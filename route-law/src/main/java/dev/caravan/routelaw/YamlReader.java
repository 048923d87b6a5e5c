package dev.caravan.routelaw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML with the parser that Camel reads routes with, and keeps the lines. */
public final class YamlReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlReader() {}

    /**
     * Reads one document; an empty one is an empty map.
     *
     * @throws Malformed where the text is no YAML or a key stands twice in one map
     */
    public static YamlNode read(String text) throws Malformed {
        try {
            Compose compose = new Compose(LoadSettings.builder().build());
            Optional<Node> root = compose.composeString(text);
            return root.isPresent() ? convert(root.get(), 1) : new YamlNode(1, Map.of(), List.of(), null);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new Malformed(line, e.getProblem());
        } catch (YamlEngineException e) {
            throw new Malformed(1, String.valueOf(e.getMessage()));
        }
    }

    private static YamlNode convert(Node node, int line) throws Malformed {
        if (node instanceof ScalarNode scalar) {
            return new YamlNode(line, Map.of(), List.of(), json(scalar));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(convert(item, lineOf(item)));
            }
            // An empty list would look like an empty map.
            return new YamlNode(line, Map.of(), items, items.isEmpty() ? JSON.arrayNode() : null);
        }
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            int keyLine = lineOf(tuple.getKeyNode());
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (fields.put(key, convert(tuple.getValueNode(), keyLine)) != null) {
                throw new Malformed(keyLine, "the key '" + key + "' stands twice in one map");
            }
        }
        return new YamlNode(line, fields, List.of(), null);
    }

    private static JsonNode json(ScalarNode scalar) {
        String value = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(value));
        }
        if (tag.equals(Tag.INT) && value.matches("[+-]?\\d{1,18}")) {
            return JSON.numberNode(Long.parseLong(value));
        }
        if (tag.equals(Tag.FLOAT) && value.matches("[+-]?\\d+\\.\\d+")) {
            return JSON.numberNode(new BigDecimal(value));
        }
        return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(value);
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** No YAML, with the place and the reason. */
    public static final class Malformed extends Exception {

        private final int line;

        Malformed(int line, String reason) {
            super(reason);
            this.line = line;
        }

        /** From 1. */
        public int line() {
            return line;
        }
    }
}
