package dev.caravan.routelaw;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Java sources say about the routes, found by reading them as text: the law needs no compiled service. */
public final class Sources {

    /** Comments, character literals and, in groups, text blocks and strings. */
    private static final Pattern LITERAL = Pattern.compile(
            "//[^\\n]*|/\\*.*?\\*/|'(?:[^'\\\\\\n]|\\\\.)+'|\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"",
            Pattern.DOTALL);

    private static final Pattern BEAN_METHOD = Pattern.compile("@Bean\\b[^;{}]*?\\b([a-z]\\w*)\\s*\\(", Pattern.DOTALL);
    private static final Pattern BEAN_NAME = Pattern.compile("@(?:Bean|Component|Service)\\(\"([^\"]+)\"\\)");

    private final Set<String> classes = new TreeSet<>();
    private final Set<String> beans = new TreeSet<>();
    private final List<String> strings = new ArrayList<>();

    private Sources() {}

    /** Reads every Java file below the folders; a folder that is not there has none. */
    static Sources below(Path... folders) {
        Sources sources = new Sources();
        for (Path folder : folders) {
            for (Path file : files(folder, ".java")) {
                sources.add(file);
            }
        }
        return sources;
    }

    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path file) {
        String name = file.getFileName().toString();
        classes.add(name.substring(0, name.length() - ".java".length()));
        String text = read(file);
        addAll(BEAN_NAME.matcher(text), beans);
        addAll(BEAN_METHOD.matcher(LITERAL.matcher(text).replaceAll("")), beans);
        Matcher matcher = LITERAL.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= 2; group++) {
                if (matcher.group(group) != null) {
                    strings.add(matcher.group(group));
                }
            }
        }
    }

    private static void addAll(Matcher matcher, Set<String> names) {
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True when a class of this name is declared, or a bean by a method or an annotation. */
    public boolean hasBean(String bean) {
        return !bean.isEmpty()
                && (beans.contains(bean)
                        || classes.contains(Character.toUpperCase(bean.charAt(0)) + bean.substring(1)));
    }

    /** True when a string literal holds the word, not as a part of a longer kebab-case name. */
    public boolean mentions(String word) {
        Pattern whole = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])");
        return strings.stream().anyMatch(string -> whole.matcher(string).find());
    }
}
