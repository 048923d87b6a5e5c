package dev.caravan.user.request;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.user.SaveSettingsRequest;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a SaveSettingsRequest into parameters called like the settings, the language in its canonical spelling. */
@Component
public class CheckSettings implements Processor {

    /** Lines of a picture; 0 stands for no limit. */
    private static final List<Integer> RESOLUTIONS = List.of(0, 240, 360, 480, 720, 1080);

    private static final int MOST_LANGUAGE = 35;

    @Override
    public void process(Exchange exchange) {
        SaveSettingsRequest request = exchange.getMessage().getBody(SaveSettingsRequest.class);
        String language = request.getLanguage().strip();
        FieldErrors errors =
                new FieldErrors().required("language", language).length("language", language, 0, MOST_LANGUAGE);
        String canonical = canonical(language);
        if (!language.isEmpty() && canonical == null) {
            errors.add("language", "language must be a BCP 47 language tag");
        }
        if (!RESOLUTIONS.contains(request.getPreferredMaxResolution())) {
            errors.add("preferred_max_resolution", "preferred_max_resolution must be one of " + resolutions());
        }
        errors.orThrow();
        exchange.getMessage()
                .setBody(Map.of(
                        "language", String.valueOf(canonical),
                        "autoplay", request.getAutoplay(),
                        "preferred_max_resolution", request.getPreferredMaxResolution(),
                        "email_notices", request.getEmailNotices()));
    }

    private static @Nullable String canonical(String language) {
        try {
            Locale locale = new Locale.Builder().setLanguageTag(language).build();
            // Private tags such as x-own name no language.
            return locale.getLanguage().isEmpty() ? null : locale.toLanguageTag();
        } catch (IllformedLocaleException e) {
            return null;
        }
    }

    private static String resolutions() {
        return RESOLUTIONS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
