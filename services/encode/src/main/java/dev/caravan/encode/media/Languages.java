package dev.caravan.encode.media;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Languages as files name them (ISO 639-2, of both kinds), and as players do (BCP 47). */
final class Languages {

    /** Of a file that says none. */
    static final String UNKNOWN = "und";

    /** Codes that say that it is in no language, in several, or in one without a code. */
    private static final Set<String> NONE = Set.of(UNKNOWN, "mis", "mul", "zxx");

    /** Of languages whose codes have three letters in files and two in tags. */
    private static final Map<String, String> TAGS = tags();

    private Languages() {}

    private static Map<String, String> tags() {
        Map<String, String> languages = new TreeMap<>();
        for (String code : Locale.getISOLanguages()) {
            languages.putIfAbsent(new Locale(code).getISO3Language(), code);
        }
        // The other code of those that have two (ISO 639-2/B).
        String others =
                "alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de gre el ice is mac mk mao mi may ms"
                        + " per fa rum ro slo sk tib bo wel cy";
        String[] codes = others.split(" ");
        for (int i = 0; i < codes.length; i += 2) {
            languages.put(codes[i], codes[i + 1]);
        }
        return languages;
    }

    /** The tag of what a file says; {@link #UNKNOWN} for what is none. */
    static String tag(String said) {
        String code = said.toLowerCase(Locale.ROOT).strip();
        if (TAGS.containsKey(code)) {
            return TAGS.get(code);
        }
        return code.matches("[a-z]{2,3}") ? code : UNKNOWN;
    }

    /** The tag of a sound's language; empty for none. */
    static String spoken(String said) {
        String tag = tag(said);
        return NONE.contains(tag) ? "" : tag;
    }

    /** The name of a language in itself. */
    static String name(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String name = locale.getDisplayLanguage(locale);
        return name.isEmpty() ? tag : name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }
}
