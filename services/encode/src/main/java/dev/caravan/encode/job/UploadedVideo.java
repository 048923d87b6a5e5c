package dev.caravan.encode.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data of an {@code EncodeUploadedVideo} message.
 *
 * @param videoId names the raw file and the encoded one
 * @param checked the raw file as it was checked; null when the message does not say
 * @param thumbnail the picture that the owner may have sent; null when he can't have
 * @param title for people
 * @param description for people
 * @param visibility who may see it, as its owner said; null when the message does not say
 * @param publishedAt RFC 3339
 * @param userId of the owner
 */
public record UploadedVideo(
        String videoId,
        @Nullable Checked checked,
        @Nullable Picture thumbnail,
        String title,
        String description,
        @Nullable String visibility,
        String publishedAt,
        long userId) {

    /**
     * An object as it was when it was checked. The address that it was put to works for a while yet, so what is there now may
     * be something else.
     *
     * @param size in bytes
     * @param etag names this very content; as the object store states it
     */
    public record Checked(long size, String etag) {

        /** Whether an object still is what was checked. */
        public boolean is(long otherSize, String otherEtag) {
            return size == otherSize && etag.replace("\"", "").equals(otherEtag.replace("\"", ""));
        }
    }

    /**
     * A picture for the video.
     *
     * @param key in S3
     * @param sent whether the owner sent it for certain
     * @param checked null when the message does not say what was checked
     */
    public record Picture(
            String key, boolean sent, @Nullable Checked checked) {}

    /** The key of the message. */
    public static final String KEY = "EncodeUploadedVideo";

    /** Ids become parts of S3 keys and of file names. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    private static final String THUMBNAILS = "thumbnails/";

    /**
     * Reads a message of ours or of another publisher; what it does not know is ignored.
     *
     * @throws MalformedMessageException when it can't be acted on
     */
    public static UploadedVideo read(JsonNode message) {
        requireKey(message, KEY);
        JsonNode data = message.path("data");
        String videoId = videoId(data, "video_id");
        return new UploadedVideo(
                videoId,
                checked(data, "size", "etag"),
                thumbnail(data),
                text(data.path("title")),
                text(data.path("description")),
                data.hasNonNull("visibility") ? text(data.path("visibility")) : null,
                publishedAt(data.path("published_at").asText()),
                userId(data));
    }

    /** @throws MalformedMessageException when the field holds no id */
    static String videoId(JsonNode data, String field) {
        String videoId = id(data.path(field));
        if (videoId == null) {
            throw new MalformedMessageException(field + " is missing or not an id");
        }
        return videoId;
    }

    /** @throws MalformedMessageException when there is none */
    static long userId(JsonNode data) {
        JsonNode userId = data.path("user_id");
        if (!userId.canConvertToLong() || !userId.isIntegralNumber()) {
            throw new MalformedMessageException("user_id is missing or not a whole number");
        }
        return userId.asLong();
    }

    /** @throws MalformedMessageException when it is another kind of message */
    static void requireKey(JsonNode message, String key) {
        String own = message.path("key").asText();
        if (!own.equals(key)) {
            throw new MalformedMessageException("its key is \"%.60s\", not %s".formatted(own, key));
        }
    }

    /**
     * Ours names the key when there is a thumbnail, and says what was checked; others give an id whether there is one or
     * not. What came to the id of a message of ours after the check nobody has looked at.
     */
    private static @Nullable Picture thumbnail(JsonNode data) {
        String named = data.path("thumbnail").asText();
        String id = named.startsWith(THUMBNAILS) ? id(named.substring(THUMBNAILS.length())) : null;
        if (id != null) {
            return new Picture(THUMBNAILS + id, true, checked(data, "thumbnail_size", "thumbnail_etag"));
        }
        String possible = data.has("etag") ? null : id(data.path("thumbnail_id").asText());
        return possible == null ? null : new Picture(THUMBNAILS + possible, false, null);
    }

    private static @Nullable Checked checked(JsonNode data, String size, String etag) {
        return data.path(size).canConvertToLong() && data.path(etag).isTextual()
                ? new Checked(data.path(size).asLong(), data.path(etag).asText())
                : null;
    }

    /** Without what no database takes: zeros and halves of characters. */
    private static String text(JsonNode node) {
        return Text.clean(node.asText());
    }

    private static @Nullable String id(JsonNode node) {
        return node.isTextual() ? id(node.asText()) : null;
    }

    private static @Nullable String id(String text) {
        return ID.matcher(text).matches() ? text : null;
    }

    private static String publishedAt(String text) {
        try {
            OffsetDateTime.parse(text);
            return text;
        } catch (DateTimeParseException e) {
            return Instant.now().toString();
        }
    }
}
