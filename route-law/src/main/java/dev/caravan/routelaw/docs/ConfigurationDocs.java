package dev.caravan.routelaw.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Makes docs/configuration.md: what config/ defines, with its comments, and the variable that sets it otherwise. */
public final class ConfigurationDocs {

    /** What has no variable of its own is set by this one. */
    public static final String JSON = "SPRING_APPLICATION_JSON";

    private static final String COMMON = "caravan";

    private ConfigurationDocs() {}

    /**
     * A row of a table.
     *
     * @param variable null for a comment on what follows
     */
    public record Setting(String name, @Nullable String variable, String value, String meaning) {}

    /** The page for the project whose root this is; the same files give the same text. */
    public static String page(Path root) {
        StringBuilder page = new StringBuilder("""
                <!-- Made from config/ by ./caravan configuration. Edit the files there, then run it again. -->

                # Configuration

                Every service reads `config/caravan.yaml` and the file that carries its name, both in its jar; a variable of its
                environment comes before them. What can't be named by a variable of its own is set by `SPRING_APPLICATION_JSON`,
                whose value is JSON such as `{"logging.level.dev.caravan": "debug"}`.

                """);
        page.append("## Every service\n\n").append(table(settings(root, COMMON)));
        for (String service : services(root)) {
            page.append("\n## ").append(service).append("\n\n").append(table(settings(root, service)));
        }
        return page.toString();
    }

    /** The services that have a file, by name. */
    public static List<String> services(Path root) {
        try (Stream<Path> files = Files.list(root.resolve("config"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .filter(name -> !name.equals(COMMON))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What config/ defines in the file of this name. */
    public static List<Setting> settings(Path root, String name) {
        List<Setting> settings = new ArrayList<>();
        try {
            Compose compose =
                    new Compose(LoadSettings.builder().setParseComments(true).build());
            compose.composeString(Files.readString(root.resolve("config").resolve(name + ".yaml")))
                    .ifPresent(document -> collect("", "", document, settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static void collect(String name, String meaning, Node node, List<Setting> settings) {
        if (node instanceof MappingNode map && !map.getValue().isEmpty()) {
            if (!meaning.isEmpty()) {
                settings.add(new Setting(name + ".*", null, "", meaning));
            }
            for (NodeTuple tuple : map.getValue()) {
                ScalarNode key = (ScalarNode) tuple.getKeyNode();
                collect(
                        name.isEmpty() ? key.getValue() : name + "." + key.getValue(),
                        comment(key),
                        tuple.getValueNode(),
                        settings);
            }
        } else if (node instanceof SequenceNode list
                && list.getValue().stream().anyMatch(item -> item instanceof MappingNode)) {
            settings.add(new Setting(name + "[]", null, "", meaning));
            for (int i = 0; i < list.getValue().size(); i++) {
                collect(name + "[" + i + "]", "", list.getValue().get(i), settings);
            }
        } else {
            settings.add(new Setting(name, variable(name, node), value(node), meaning));
        }
    }

    private static String value(Node node) {
        if (node instanceof SequenceNode list) {
            return list.getValue().stream().map(ConfigurationDocs::value).collect(Collectors.joining(","));
        }
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** A variable has no case, so it names no key that has one; and none of a map that has no keys yet. */
    private static String variable(String name, Node node) {
        return node instanceof MappingNode || !name.equals(name.toLowerCase(Locale.ROOT))
                ? JSON
                : name.toUpperCase(Locale.ROOT)
                        .replace("[", "_")
                        .replace("]", "")
                        .replace('.', '_')
                        .replace('-', '_');
    }

    /** The comment right above; one that a blank line parts from the key is about the file. */
    private static String comment(Node key) {
        List<String> lines = new ArrayList<>();
        if (key.getBlockComments() != null) {
            for (CommentLine line : key.getBlockComments()) {
                if (line.getCommentType() == CommentType.BLANK_LINE) {
                    lines.clear();
                } else {
                    lines.add(line.getValue().strip());
                }
            }
        }
        return String.join(" ", lines);
    }

    private static String table(List<Setting> settings) {
        StringBuilder table =
                new StringBuilder("| Property | Variable | Default | Meaning |\n| --- | --- | --- | --- |\n");
        for (Setting setting : settings) {
            table.append("| `")
                    .append(setting.name())
                    .append("` | ")
                    .append(code(setting.variable() == null ? "" : setting.variable()))
                    .append(" | ")
                    .append(code(setting.value()))
                    .append(" | ")
                    .append(escape(setting.meaning()))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + escape(text) + "`";
    }

    private static String escape(String text) {
        return text.replace("|", "\\|");
    }
}
