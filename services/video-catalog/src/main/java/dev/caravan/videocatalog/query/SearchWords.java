package dev.caravan.videocatalog.query;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words that all have to stand in the title or the description, in any case and order, also within longer words.
 *
 * @param patterns one for each word, for {@code ILIKE}
 */
record SearchWords(List<String> patterns) {

    static final int LONGEST = 200;
    private static final String ANYTHING = "%";
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");
    private static final Pattern WILDCARD = Pattern.compile("[\\\\%_]");

    static SearchWords in(String search) {
        return new SearchWords(Stream.of(SPACE.split(search))
                .filter(word -> !word.isEmpty())
                .distinct()
                .map(word -> ANYTHING + WILDCARD.matcher(word).replaceAll("\\\\$0") + ANYTHING)
                .toList());
    }

    void into(Map<String, Object> parameters) {
        parameters.put("words", patterns.toArray(String[]::new));
        parameters.put(
                "longest_word",
                patterns.stream().max(Comparator.comparing(String::length)).orElse(ANYTHING));
    }
}
