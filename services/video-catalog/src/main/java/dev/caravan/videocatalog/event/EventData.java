package dev.caravan.videocatalog.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.kernel.UserText;
import dev.caravan.kernel.VideoText;
import dev.caravan.videocatalog.message.VideoId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The {@code data} of a message, field by field. What can be done without is forgiven, the rest is malformed. */
record EventData(JsonNode data) {

    /** Without or with the attempt. */
    private static final Pattern PATH =
            Pattern.compile("(encoded-videos/(" + VideoId.PATTERN + ")(?:/[1-9][0-9]{0,9})?)/?");

    private static final Pattern PICTURE = Pattern.compile("encoded-videos(/" + VideoId.PATTERN + "){2,3}");
    private static final Pattern PICTURE_TYPE = Pattern.compile("image/[a-z0-9.+-]{1,40}");
    private static final Pattern DOWNLOAD = Pattern.compile("encoded-videos(/" + VideoId.PATTERN + "){2,4}");
    private static final Pattern RENDITION = Pattern.compile("[1-9][0-9]{0,4}p");
    private static final Pattern STORYBOARD = Pattern.compile(VideoId.PATTERN + "\\.vtt");
    private static final Pattern MANIFEST = Pattern.compile(VideoId.PATTERN + "\\.(?:m3u8|mpd)");
    /** One for each size and each sound, and the two that name them. */
    private static final int MOST_MANIFESTS = 40;

    private static final int LARGEST_MANIFEST = 10 << 20;
    private static final Pattern PLAYLIST = Pattern.compile(VideoId.PATTERN + "\\.m3u8");

    String id(String field) {
        String id = data.path(field).asText();
        if (!data.path(field).isTextual() || !VideoId.isOne(id)) {
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

    /** As the platform keeps text, whoever published it and when. */
    String text(String field) {
        return UserText.repaired(data.path(field).asText());
    }

    /** Who may see it; null when nothing is said, and what is none of those that there are lets nobody see it. */
    @Nullable
    String visibility() {
        JsonNode said = data.path("visibility");
        if (said.isMissingNode() || said.isNull()) {
            return null;
        }
        return VideoText.VISIBILITIES.contains(said.asText()) ? said.asText() : VideoText.PRIVATE;
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

    /** From 1; null when it is no whole number from 1. */
    @Nullable
    Long positive(String field) {
        JsonNode number = data.path(field);
        return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() > 0
                ? Long.valueOf(number.longValue())
                : null;
    }

    /**
     * The texts of an array, as many as {@code most}, none blank and each cut to so many characters; nothing when it is
     * no array.
     */
    List<String> texts(String field, int most, int longest) {
        JsonNode array = data.path(field);
        return !array.isArray()
                ? List.of()
                : StreamSupport.stream(array.spliterator(), false)
                        .filter(JsonNode::isTextual)
                        .map(text -> text.asText().replace("\0", "").strip())
                        .filter(text -> !text.isEmpty())
                        .limit(most)
                        .map(text -> text.codePoints()
                                .limit(longest)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString())
                        .toList();
    }

    /** From 1; 0 when it counts none. */
    int attempt() {
        JsonNode attempt = data.path("attempt");
        return attempt.isIntegralNumber() && attempt.canConvertToInt() ? Math.max(0, attempt.intValue()) : 0;
    }

    /** A video's files are in its own folder. */
    String path(String videoId) {
        var path = PATH.matcher(data.path("path").asText());
        if (!path.matches() || !path.group(2).equals(videoId)) {
            throw new MalformedEventException("path is missing or not encoded-videos/ and the id of the video");
        }
        return path.group(1);
    }

    /**
     * A video can do without a picture: what is no key of one is none, and so is what somebody uploaded and nobody made anew.
     */
    @Nullable
    String picture() {
        return matching("thumbnail", PICTURE);
    }

    /** Of one size of a picture, in the folder of its video; null when it is none. */
    @Nullable
    String pictureKey(String folder) {
        String key = matching("key", PICTURE);
        return key != null && key.startsWith(folder + "/") ? key : null;
    }

    /** Of one size of a picture; null when it is none. */
    @Nullable
    String pictureType() {
        return matching("type", PICTURE_TYPE);
    }

    /** Of a file to download, in the folder of its video; null when it is none. */
    @Nullable
    String downloadKey(String folder) {
        String key = matching("key", DOWNLOAD);
        return key != null && key.startsWith(folder + "/") ? key : null;
    }

    /** What viewers call a size; null when it is none. */
    @Nullable
    String rendition() {
        return matching("rendition", RENDITION);
    }

    @Nullable
    String playlist() {
        return matching("hls", PLAYLIST);
    }

    @Nullable
    String storyboard() {
        return matching("storyboard", STORYBOARD);
    }

    /** Those of what grows, by their names; what is none is left out. */
    Map<String, String> manifests() {
        Map<String, String> manifests = new LinkedHashMap<>();
        data.path("manifests").properties().forEach(manifest -> {
            String text = manifest.getValue().asText();
            if (MANIFEST.matcher(manifest.getKey()).matches()
                    && !text.isEmpty()
                    && text.length() <= LARGEST_MANIFEST
                    && manifests.size() < MOST_MANIFESTS) {
                manifests.put(manifest.getKey(), text.replace("\0", ""));
            }
        });
        return manifests;
    }

    private @Nullable String matching(String field, Pattern pattern) {
        String text = data.path(field).asText();
        return pattern.matcher(text).matches() ? text : null;
    }
}
