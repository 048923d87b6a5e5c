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

    public static String deleted(String videoId) {
        return "{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"%s\", \"user_id\": %d}}"
                .formatted(videoId, OWNER);
    }
}
