package dev.caravan.upload;

import dev.caravan.kernel.FieldErrors;
import org.jspecify.annotations.Nullable;

/** What a user says about a video. */
public final class Details {

    public static final int LONGEST_TITLE = 255;
    public static final int LONGEST_DESCRIPTION = 5000;

    private Details() {}

    /** Both are required; a title is one line. */
    public static FieldErrors check(FieldErrors errors, @Nullable String title, @Nullable String description) {
        errors.required("title", title).required("description", description);
        return checkPresent(errors, title, description);
    }

    /** As {@link #check}, but silent on what is missing and may still come. */
    public static FieldErrors checkPresent(FieldErrors errors, @Nullable String title, @Nullable String description) {
        errors.length("title", title, 1, LONGEST_TITLE).length("description", description, 1, LONGEST_DESCRIPTION);
        if (title != null && title.chars().anyMatch(Character::isISOControl)) {
            errors.add("title", "title must be one line of text");
        }
        // PostgreSQL has no text with this character.
        if (description != null && description.indexOf('\0') >= 0) {
            errors.add("description", "description must be text");
        }
        return errors;
    }
}
