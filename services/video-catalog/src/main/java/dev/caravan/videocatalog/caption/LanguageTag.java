package dev.caravan.videocatalog.caption;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;

/** Languages by their tags (BCP 47), in the one spelling in which a tag is kept: {@code pt-br} as {@code pt-BR}. */
public final class LanguageTag {

    /** As a part of a pattern, of a tag that is kept. */
    public static final String PATTERN = "[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*";

    private static final int LONGEST = 35;

    private LanguageTag() {}

    /** The tag as it is kept; none when it is no tag. */
    public static Optional<String> of(String written) {
        try {
            String tag = new Locale.Builder().setLanguageTag(written).build().toLanguageTag();
            return written.isEmpty() || tag.length() > LONGEST ? Optional.empty() : Optional.of(tag);
        } catch (IllformedLocaleException e) {
            return Optional.empty();
        }
    }

    /** What its speakers call it; the tag itself where nobody knows. */
    public static String ownName(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        String name = locale.getDisplayName(locale);
        return name.isEmpty() ? tag : name.substring(0, 1).toUpperCase(locale) + name.substring(1);
    }
}
