package dev.caravan.routelaw.docs;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Mermaid flow chart, the same text for the same content. */
final class Diagram {

    /** How a node looks. */
    enum Shape {
        BOX("[\"", "\"]"),
        STORE("[(\"", "\")]"),
        OUTSIDE("([\"", "\"])"),
        MESSAGE("{{\"", "\"}}");

        private final String open;
        private final String close;

        Shape(String open, String close) {
            this.open = open;
            this.close = close;
        }
    }

    private final Map<String, String> nodes = new TreeMap<>();
    private final Map<String, Set<String>> edges = new TreeMap<>();

    /** Adds a node once; its id is made of its label. */
    String node(String label, Shape shape) {
        String id = label.replaceAll("[^A-Za-z0-9]+", "_");
        nodes.put(id, id + shape.open + label.replace("\"", "'") + shape.close);
        return id;
    }

    /** Adds an edge once; labels of the same edge stand together. */
    void edge(String from, String to, String label) {
        Set<String> labels = edges.computeIfAbsent(from + ">" + to, key -> new TreeSet<>());
        if (!label.isEmpty()) {
            labels.add(label);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("```mermaid\nflowchart LR\n");
        nodes.values().forEach(node -> text.append("  ").append(node).append('\n'));
        edges.forEach((edge, labels) -> {
            int middle = edge.indexOf('>');
            text.append("  ").append(edge, 0, middle).append(" -->");
            if (!labels.isEmpty()) {
                text.append("|\"").append(String.join("<br>", labels)).append("\"|");
            }
            text.append(' ').append(edge, middle + 1, edge.length()).append('\n');
        });
        return text.append("```\n").toString();
    }
}
