package dev.caravan.videocatalog.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code data} of a message, field by field. What can be done without is forgiven, the rest is malformed. */
record EventData(JsonNode data) {

    /** Ids become parts of S3 keys and URLs. */
    private static final String ID = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";

    private static final Pattern ID_ALONE = Pattern.compile(ID);
    private static final Pattern PATH = Pattern.compile("(encoded-videos/" + ID + ")/?");
    private static final Pattern THUMBNAIL = Pattern.compile("(thumbnails|encoded-videos)(/" + ID + ")+");
    private static final Pattern PLAYLIST = Pattern.compile(ID + "\\.m3u8");

    String id(String field) {
        String id = data.path(field).asText();
        if (!data.path(field).isTextual() || !ID_ALONE.matcher(id).matches()) {
            throw new MalformedEventException(field + " is missing or not an id");
        }
        return id;
    }

    int userId() {
        JsonNode id = data.path("user_id");
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 1) {
            throw new MalformedEventException("user_id is missing or not a user's id");
        }
        return id.intValue();
    }

    /** Without the one character that PostgreSQL has no place for. */
    String text(String field) {
        return data.path(field).asText().replace("\0", "");
    }

    /** Of a publisher who does not tell it: now, when the event came. */
    Instant publishedAt() {
        try {
            return OffsetDateTime.parse(data.path("published_at").asText()).toInstant();
        } catch (DateTimeException e) {
            return Instant.now();
        }
    }

    /** From 0; what is no number is 0. */
    int number(String field, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(data.path(field).asDouble())));
    }

    String path() {
        var path = PATH.matcher(data.path("path").asText());
        if (!path.matches()) {
            throw new MalformedEventException("path is missing or not encoded-videos/ and an id");
        }
        return path.group(1);
    }

    /** A video can do without a thumbnail: what is no key of one is none. */
    @Nullable
    String thumbnail() {
        return matching("thumbnail", THUMBNAIL);
    }

    @Nullable
    String playlist() {
        return matching("hls", PLAYLIST);
    }

    private @Nullable String matching(String field, Pattern pattern) {
        String text = data.path(field).asText();
        return pattern.matcher(text).matches() ? text : null;
    }
}
