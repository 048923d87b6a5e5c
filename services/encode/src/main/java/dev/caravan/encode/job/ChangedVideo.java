package dev.caravan.encode.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The data of a {@code VideoUpdated} message.
 *
 * @param videoId of the video that was changed
 * @param revision how often it was; 0 when the message does not say
 * @param title of it now
 * @param downloadable whether its owner lets it be downloaded as files
 */
public record ChangedVideo(String videoId, int revision, String title, boolean downloadable) {

    /** The key of the message. */
    public static final String KEY = "VideoUpdated";

    private static final Set<String> DOWNLOADABLE = Set.of("renditions", "source");

    /** @throws MalformedMessageException when it can't be acted on */
    public static ChangedVideo read(JsonNode message) {
        UploadedVideo.requireKey(message, KEY);
        JsonNode data = message.path("data");
        return new ChangedVideo(
                UploadedVideo.videoId(data, "original_id"),
                data.path("revision").asInt(),
                Text.clean(data.path("title").asText()),
                DOWNLOADABLE.contains(data.path("downloads").asText()));
    }
}
