package dev.caravan.videocatalog.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import dev.caravan.proto.videocatalog.UpdateRequest;
import dev.caravan.videocatalog.caption.LanguageTag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an owner changes of a video, as the parameters of {@code update-video.sql}: null for what stays as it is, an empty text
 * or list for none.
 */
final class Changes {

    private static final int MOST_TAGS = 30;
    private static final int LONGEST_TAG = 50;
    private static final int LONGEST_LICENCE = 200;
    private static final int MOST_ORIGINS = 20;
    private static final int LONGEST_ORIGIN = 255;
    /** So far ahead nobody plans, and a slip of a year's digits is told. */
    private static final Duration FURTHEST = Duration.ofDays(3660);

    /** As the database calls them. */
    private static final List<String> DOWNLOADS = List.of("none", "renditions", "source");

    /** What a Content-Security-Policy takes as an ancestor: a host of letters, digits and hyphens, or all hosts below one. */
    private static final Pattern ORIGIN = Pattern.compile(
            "https?://(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[1-9][0-9]{0,4})?");

    private final FieldErrors errors = new FieldErrors();
    private final Map<String, @Nullable Object> parameters = new HashMap<>();

    private Changes() {}

    /** @throws dev.caravan.kernel.Fault with a sentence for each field that is not as it has to be */
    static Map<String, @Nullable Object> of(UpdateRequest request, Clock clock) {
        Changes changes = new Changes();
        changes.takeText(request);
        changes.takeVisibility(request, clock);
        changes.takeLists(request);
        changes.takeDownloads(request);
        changes.errors.orThrow();
        return changes.parameters;
    }

    private void takeText(UpdateRequest request) {
        String title = request.hasTitle() ? VideoText.title(request.getTitle()) : null;
        String description = request.hasDescription() ? VideoText.description(request.getDescription()) : null;
        if (title != null) {
            errors.required("title", title);
        }
        if (description != null) {
            errors.required("description", description);
        }
        VideoText.checkPresent(errors, title, description);
        parameters.put("title", title);
        parameters.put("description", description);
        String licence =
                request.hasLicence() ? UserText.line(request.getLicence()).strip() : null;
        errors.length("licence", licence, 0, LONGEST_LICENCE).line("licence", licence);
        parameters.put("licence", licence);
        parameters.put("language", request.hasLanguage() ? language(request.getLanguage()) : null);
    }

    /** In its canonical form. */
    private String language(String tag) {
        String kept = LanguageTag.of(tag).orElse("");
        if (kept.isEmpty() && !tag.isEmpty()) {
            errors.add("language", "language must be a language tag, such as en or pt-BR");
        }
        return kept;
    }

    private void takeVisibility(UpdateRequest request, Clock clock) {
        String visibility = request.hasVisibility() ? request.getVisibility() : null;
        errors.oneOf("visibility", visibility, VideoText.VISIBILITIES);
        Instant publishAt = null;
        if (request.hasPublishAt()) {
            publishAt = request.getPublishAt().isEmpty() ? null : publishAt(request.getPublishAt(), clock);
            if (publishAt != null && visibility != null && !visibility.equals(VideoText.PRIVATE)) {
                errors.add("publish_at", "publish_at is for a video that is private until then");
            }
            visibility = publishAt == null ? visibility : VideoText.PRIVATE;
        }
        parameters.put("visibility", visibility);
        parameters.put("changes_publish_at", request.hasVisibility() || request.hasPublishAt());
        parameters.put("publish_at", publishAt == null ? null : publishAt.toString());
    }

    private @Nullable Instant publishAt(String text, Clock clock) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isAfter(clock.instant())) {
                errors.add("publish_at", "publish_at must be in the future");
            } else if (instant.isAfter(clock.instant().plus(FURTHEST))) {
                errors.add("publish_at", "publish_at must be within ten years");
            }
            return instant;
        } catch (DateTimeException e) {
            errors.add("publish_at", "publish_at must be a time such as 2030-01-31T09:00:00Z");
            return null;
        }
    }

    private void takeLists(UpdateRequest request) {
        List<String> tags = request.hasTags() ? texts("tags", request.getTags(), MOST_TAGS) : null;
        if (tags != null) {
            tags = tags.stream()
                    .map(tag -> UserText.line(tag).strip())
                    .filter(tag -> !UserText.isBlank(tag))
                    .distinct()
                    .toList();
            tags.forEach(tag -> errors.length("tags", tag, 1, LONGEST_TAG).line("tags", tag));
        }
        parameters.put("tags", json(tags));
        List<String> origins =
                request.hasEmbedOrigins() ? texts("embed_origins", request.getEmbedOrigins(), MOST_ORIGINS) : null;
        if (origins != null) {
            origins = origins.stream()
                    .map(origin -> origin.strip().toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
            if (!origins.stream().allMatch(Changes::isOrigin)) {
                errors.add("embed_origins", "embed_origins must be origins such as https://example.org");
            }
        }
        parameters.put("embed_origins", json(origins));
    }

    private void takeDownloads(UpdateRequest request) {
        String downloads = request.hasDownloads() ? request.getDownloads() : null;
        errors.oneOf("downloads", downloads, DOWNLOADS);
        parameters.put("downloads", downloads);
    }

    private static boolean isOrigin(String text) {
        return text.length() <= LONGEST_ORIGIN && ORIGIN.matcher(text).matches();
    }

    private List<String> texts(String field, ListValue list, int most) {
        if (list.getValuesCount() > most) {
            errors.add(field, field + " must be at most " + most);
        }
        if (!list.getValuesList().stream().allMatch(Value::hasStringValue)) {
            errors.add(field, field + " must be texts");
        }
        return list.getValuesList().stream()
                .limit(most)
                .map(Value::getStringValue)
                .toList();
    }

    private static @Nullable String json(@Nullable List<String> texts) {
        if (texts == null) {
            return null;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array.toString();
    }
}
