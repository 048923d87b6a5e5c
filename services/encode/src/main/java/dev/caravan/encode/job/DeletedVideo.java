package dev.caravan.encode.job;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The data of a {@code VideoDeleted} message.
 *
 * @param videoId of the video that is gone
 * @param userId of its owner
 */
public record DeletedVideo(String videoId, long userId) {

    /** The key of the message. */
    public static final String KEY = "VideoDeleted";

    /** @throws MalformedMessageException when it can't be acted on */
    public static DeletedVideo read(JsonNode message) {
        UploadedVideo.requireKey(message, KEY);
        JsonNode data = message.path("data");
        return new DeletedVideo(UploadedVideo.videoId(data, "original_id"), UploadedVideo.userId(data));
    }
}
