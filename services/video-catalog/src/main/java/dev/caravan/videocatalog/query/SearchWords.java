package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that all have to stand in the title, the description or the captions, in any case, spelling of their characters and order, also
 * within longer words.
 *
 * @param words to look up, once the database's {@code search_form} is made of each
 */
record SearchWords(List<String> words) {

    private static final int LONGEST = 200;
    private static final String ANYTHING = "%";
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cntrl}]+");
    private static final Pattern WILDCARD = Pattern.compile("[\\\\%_]");

    /** Of a request's field {@code search}, which it checks. */
    static SearchWords of(String written, FieldErrors errors) {
        String search = UserText.line(written);
        errors.length("search", search, 0, LONGEST).text("search", search);
        return in(search);
    }

    static SearchWords in(String search) {
        // As search_form does it, which is not to make a wildcard or a space of what is none yet.
        String compatible = Normalizer.normalize(search, Normalizer.Form.NFKC);
        return new SearchWords(Stream.of(SPACE.split(compatible))
                .filter(word -> !UserText.isBlank(word))
                .distinct()
                .toList());
    }

    /** The words as they are, and as patterns for {@code LIKE}; a space separates them, for none has one in it. */
    void into(Map<String, Object> parameters) {
        parameters.put("words", String.join(" ", words));
        parameters.put("patterns", words.stream().map(SearchWords::pattern).collect(Collectors.joining(" ")));
    }

    private static String pattern(String word) {
        return ANYTHING + WILDCARD.matcher(word).replaceAll("\\\\$0") + ANYTHING;
    }
}
