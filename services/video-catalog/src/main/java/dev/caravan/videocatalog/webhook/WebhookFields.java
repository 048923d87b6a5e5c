package dev.caravan.videocatalog.webhook;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.http.client.SafeHttpClient;
import dev.caravan.kernel.http.client.UrlRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user may say of a webhook; null is what he does not say. */
final class WebhookFields {

    static final String STANDARD = "standard";

    private static final List<String> FORMATS = List.of(STANDARD, "cloudevents");
    private static final int LONGEST_URL = 2000;
    private static final int LONGEST_DESCRIPTION = 255;

    private WebhookFields() {}

    static void check(
            FieldErrors errors,
            @Nullable String url,
            @Nullable String description,
            @Nullable Collection<String> types,
            @Nullable String format) {
        if (url != null) {
            checkUrl(errors, url);
        }
        errors.length("description", description, 0, LONGEST_DESCRIPTION)
                .line("description", description)
                .oneOf("format", format, FORMATS);
        if (types != null && !EventTypes.ALL.containsAll(types)) {
            errors.add("types", "types must be of " + String.join(", ", EventTypes.ALL));
        }
    }

    private static void checkUrl(FieldErrors errors, String written) {
        FieldErrors text = new FieldErrors().required("url", written).length("url", written, 1, LONGEST_URL);
        if (!text.sentences().isEmpty()) {
            errors.required("url", written).length("url", written, 1, LONGEST_URL);
            return;
        }
        try {
            SafeHttpClient.check(new URI(written));
        } catch (URISyntaxException e) {
            errors.add("url", "url must be a URL, such as https://example.com/webhooks");
        } catch (UrlRefusedException e) {
            errors.add("url", "url is refused: " + e.getMessage());
        }
    }

    /** As PostgreSQL writes an array of texts without spaces, commas and quotes. */
    static String array(Collection<String> types) {
        return "{" + String.join(",", types) + "}";
    }
}
