package dev.caravan.encode;

/** Messages as other services send them. */
public final class Messages {

    /** The owner of all videos. */
    public static final int OWNER = 42;

    private Messages() {}

    /** @param more fields of the data, each after a comma */
    public static String uploaded(String videoId, String more) {
        return """
                {"key": "EncodeUploadedVideo", "data": {"video_id": "%s", "thumbnail_id": "none-%s", "title": "A title",
                 "description": "Ünïcode", "published_at": "2026-01-02T03:04:05Z", "user_id": %d%s}}
                """.formatted(videoId, videoId, OWNER, more);
    }

    /** @param downloads what its owner lets everybody have of it who may see it */
    public static String changed(String videoId, int revision, String title, String downloads) {
        return ("{\"key\": \"VideoUpdated\", \"data\": {\"original_id\": \"%s\", \"user_id\": %d, \"revision\": %d,"
                        + " \"title\": \"%s\", \"downloads\": \"%s\"}}")
                .formatted(videoId, OWNER, revision, title, downloads);
    }

    public static String deleted(String videoId) {
        return "{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"%s\", \"user_id\": %d}}"
                .formatted(videoId, OWNER);
    }
}
