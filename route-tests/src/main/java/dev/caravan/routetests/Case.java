package dev.caravan.routetests;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * One test of a route.
 *
 * @param it what the route does, a sentence
 * @param send the message that the route is given
 * @param answers what steps that send do in the place of sending, by their id, or by their address when they have none
 * @param expect what each of these is sent; one of which nothing is said may be sent anything
 * @param ends what the route ends with
 */
record Case(String it, Said send, Map<String, Said> answers, Map<String, Expected> expect, Said ends) {

    /** A message, as far as it is said: to be sent, to be answered, or to be found. */
    record Said(
            @Nullable String body,
            Map<String, String> headers,
            Map<String, String> properties,
            @Nullable String fails) {

        static final Said NOTHING = new Said(null, Map.of(), Map.of(), null);
    }

    /** @param times how often; -1 for once at least */
    record Expected(int times, Said message) {}

    private static final Set<String> NAMES = Set.of("it", "send", "answers", "expect", "ends");
    private static final Set<String> OF_MESSAGE = Set.of("body", "headers", "properties", "fails", "times");

    /** @throws IllegalArgumentException with a sentence when the file is none of tests */
    static List<Case> read(Path file) throws IOException {
        Object document;
        try (Reader text = Files.newBufferedReader(file)) {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        if (!(document instanceof List<?> list) || list.isEmpty()) {
            throw new IllegalArgumentException("It has to be a list of tests.");
        }
        List<Case> cases = new ArrayList<>();
        for (Object one : list) {
            Map<String, Object> fields = map(one, NAMES, "a test");
            if (!(fields.get("it") instanceof String sentence)) {
                throw new IllegalArgumentException("Each test says by 'it' what the route does.");
            }
            Map<String, Said> answers = new LinkedHashMap<>();
            named(fields.get("answers")).forEach((name, said) -> answers.put(name, said(said)));
            Map<String, Expected> expect = new LinkedHashMap<>();
            named(fields.get("expect")).forEach((name, said) -> expect.put(name, expected(said)));
            cases.add(new Case(sentence, said(fields.get("send")), answers, expect, said(fields.get("ends"))));
        }
        return cases;
    }

    private static Expected expected(@Nullable Object said) {
        if (said instanceof Integer times) {
            return new Expected(times, Said.NOTHING);
        }
        Object times = said instanceof Map<?, ?> fields ? fields.get("times") : null;
        return new Expected(times instanceof Integer number ? number : -1, said(said));
    }

    private static Said said(@Nullable Object said) {
        if (said == null) {
            return Said.NOTHING;
        }
        Map<String, Object> fields = map(said, OF_MESSAGE, "a message");
        return new Said(
                fields.get("body") == null ? null : String.valueOf(fields.get("body")),
                texts(fields.get("headers")),
                texts(fields.get("properties")),
                fields.get("fails") == null ? null : String.valueOf(fields.get("fails")));
    }

    private static Map<String, String> texts(@Nullable Object said) {
        Map<String, String> texts = new LinkedHashMap<>();
        named(said).forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }

    private static Map<String, @Nullable Object> named(@Nullable Object said) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (said != null) {
            if (!(said instanceof Map<?, ?> fields)) {
                throw new IllegalArgumentException("'" + said + "' has to have names.");
            }
            fields.forEach((name, value) -> all.put(String.valueOf(name), value));
        }
        return all;
    }

    private static Map<String, Object> map(Object said, Set<String> names, String what) {
        Map<String, Object> fields = new LinkedHashMap<>();
        named(said).forEach((name, value) -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("There is no '" + name + "' of " + what + ", but "
                        + String.join(", ", names.stream().sorted().toList()) + ".");
            }
            if (value != null) {
                fields.put(name, value);
            }
        });
        return fields;
    }
}
