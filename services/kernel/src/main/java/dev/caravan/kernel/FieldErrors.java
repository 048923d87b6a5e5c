package dev.caravan.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with the fields of a request, in the sentences of the wire contract, all faults at once.
 * A check on a missing value is silent: say {@link #required} first where it must be there.
 */
public final class FieldErrors {

    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\\p{Cntrl}<>()\\[\\],;:\\\\\"]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");

    private static final int LONGEST_EMAIL = 1000;

    private final Map<String, List<String>> errors = new LinkedHashMap<>();

    /** "name is required" when it is null, empty or nothing of it is seen. */
    public FieldErrors required(String field, @Nullable String value) {
        if (value == null || UserText.isBlank(value)) {
            add(field, field + " is required");
        }
        return this;
    }

    /** Bounds on the number of characters (Unicode code points), both inclusive. */
    public FieldErrors length(String field, @Nullable String value, int least, int most) {
        if (value == null || UserText.isBlank(value)) {
            return this;
        }
        int length = value.codePointCount(0, value.length());
        if (length < least) {
            add(field, field + " must be at least " + least + " characters");
        } else if (length > most) {
            add(field, field + " must be at most " + most + " characters");
        }
        return this;
    }

    /** "email must be an email". */
    public FieldErrors email(String field, @Nullable String value) {
        if (value != null && !UserText.isBlank(value) && !isEmail(value)) {
            add(field, field + " must be an email");
        }
        return this;
    }

    /** A local part and a domain with a dot; whether mail arrives there only mail can tell. */
    public static boolean isEmail(String value) {
        // The pattern's repeated group recurses: what is too long for any email would overflow the stack.
        return value.length() <= LONGEST_EMAIL && EMAIL.matcher(value).matches();
    }

    /** "name must be one line of text", or else as {@link #text}. */
    public FieldErrors line(String field, @Nullable String value) {
        if (value != null && UserText.isNoLine(value)) {
            return add(field, field + " must be one line of text");
        }
        return text(field, value);
    }

    /** As {@link #text}, and without controls other than line feeds and tabs. */
    public FieldErrors lines(String field, @Nullable String value) {
        if (value != null && UserText.isNoLines(value)) {
            return add(field, field + " must be valid text");
        }
        return text(field, value);
    }

    /** "sort must be one of newest, oldest". */
    public FieldErrors oneOf(String field, @Nullable String value, Collection<String> values) {
        if (value != null && !values.contains(value)) {
            add(field, field + " must be one of " + String.join(", ", values));
        }
        return this;
    }

    /** "password must be valid text" when it can't be stored: it has a NUL or half a character. */
    public FieldErrors text(String field, @Nullable String value) {
        if (value != null && UserText.isNoText(value)) {
            add(field, field + " must be valid text");
        }
        return this;
    }

    public FieldErrors add(String field, String sentence) {
        errors.computeIfAbsent(field, name -> new ArrayList<>()).add(sentence);
        return this;
    }

    /** Field name to sentences; empty when nothing is wrong. */
    public Map<String, List<String>> sentences() {
        return errors;
    }

    /** @throws Fault with all that was collected, if anything was */
    public void orThrow() {
        if (!errors.isEmpty()) {
            throw Fault.invalid(errors);
        }
    }
}
