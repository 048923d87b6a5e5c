package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.http.client.UrlField;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user may say of a webhook; null is what he does not say. */
final class WebhookFields {

    static final String STANDARD = "standard";

    private static final List<String> FORMATS = List.of(STANDARD, "cloudevents");
    private static final int LONGEST_DESCRIPTION = 255;

    private WebhookFields() {}

    static void check(
            FieldErrors errors,
            @Nullable String url,
            @Nullable String description,
            @Nullable Collection<String> types,
            @Nullable String format) {
        if (url != null) {
            UrlField.read(errors, "url", url, "https://example.com/webhooks");
        }
        errors.length("description", description, 0, LONGEST_DESCRIPTION)
                .line("description", description)
                .oneOf("format", format, FORMATS);
        if (types != null && !EventTypes.ALL.containsAll(types)) {
            errors.add("types", "types must be of " + String.join(", ", EventTypes.ALL));
        }
    }

    /** As PostgreSQL writes an array of texts without spaces, commas and quotes. */
    static String array(Collection<String> types) {
        return "{" + String.join(",", types) + "}";
    }
}
