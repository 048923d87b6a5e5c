package dev.caravan.videocatalog;

import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Messages about one video. */
record Messages(String videoId, int userId, String title, String description, String publishedAt) {

    static Messages about(int userId, String title) {
        return new Messages(UUID.randomUUID().toString(), userId, title, "A description", "2026-01-02T03:04:05.678Z");
    }

    Messages described(String text) {
        return new Messages(videoId, userId, title, text, publishedAt);
    }

    Messages publishedAt(String instant) {
        return new Messages(videoId, userId, title, description, instant);
    }

    String path() {
        return "encoded-videos/" + videoId;
    }

    String progressed(int attempt, int progress) {
        return counted(progressed(progress), attempt);
    }

    String failed(int attempt, String failure) {
        return counted(failed(failure), attempt);
    }

    /** With the files of its sizes, as those who make them tell it after that. */
    String withDownloads(int attempt) {
        String folder = path() + "/" + attempt + "/downloads/";
        return completed(attempt).replace("\"hls\"", """
                "downloads": [
                {"rendition": "1080p", "key": "%1$s1080p.mp4", "width": 1920, "height": 1080, "size": 5000000000},
                {"rendition": "360p", "key": "%1$s360p.mp4", "width": 640, "height": 360, "size": 900}], "hls\"""".formatted(folder));
    }

    /** Into the folder of its attempt. */
    String completed(int attempt) {
        return counted(completed().replace(path(), path() + "/" + attempt), attempt);
    }

    private static String counted(String message, int attempt) {
        return message.replace("\"original_id\"", "\"attempt\": " + attempt + ", \"original_id\"");
    }

    /** Says in a message who may see the video. */
    String seenBy(String visibility, String message) {
        return message.replace("\"user_id\"", "\"visibility\": \"" + visibility + "\", \"user_id\"");
    }

    String uploaded() {
        return message("EncodeUploadedVideo", "video_id", "\"thumbnail_id\": \"t-" + videoId + "\"");
    }

    String uploadedWithThumbnail() {
        return message(
                "EncodeUploadedVideo",
                "video_id",
                "\"thumbnail_id\": \"t\", \"thumbnail\": \"thumbnails/t-" + videoId + "\"");
    }

    String progressed(int progress) {
        return message("VideoEncodingProgressed", "original_id", "\"progress\": " + progress);
    }

    /** What can be played of it by now; {@code whole} when no more comes before all is done. */
    String playable(int attempt, long untilMs, boolean whole) {
        String segments = IntStream.rangeClosed(1, (int) (untilMs / 4000))
                .mapToObj(number -> "#EXTINF:4.000000,\\nsegment-first-0-0000" + number + ".m4s\\n")
                .collect(Collectors.joining());
        return message(
                "VideoPlayable",
                "original_id",
                String.format(Locale.ROOT, """
                "attempt": %d, "progress": 7, "path": "%s/%d", "hls": "master.m3u8", "playable_until_ms": %d, "duration_ms": 31040,
                "whole": %s, "width": 426, "height": 240,
                "renditions": [{"width": 426, "height": 240, "bitrate": 528000, "codecs": "avc1.640015,mp4a.40.2"}],
                "manifests": {
                "master.m3u8": "#EXTM3U\\n#EXT-X-STREAM-INF:BANDWIDTH=528000\\nmedia_first-0.m3u8\\n",
                "media_first-0.m3u8": "#EXTM3U\\n#EXT-X-PLAYLIST-TYPE:EVENT\\n%s",
                "../outside.m3u8": "#EXTM3U\\n", "master.mpd": "<MPD type=\\"dynamic\\"/>"}""", attempt, path(), attempt, untilMs, whole, segments));
    }

    String failed(String failure) {
        return message(
                "VideoEncodingFailed", "original_id", "\"reason\": \"NO_VIDEO\", \"failure\": \"" + failure + "\"");
    }

    String completed() {
        return completed("""
                , "thumbnails": [
                {"key": "%1$s/thumbnail-640.jpg", "width": 640, "height": 360, "type": "image/jpeg"},
                {"key": "%1$s/thumbnail-640.webp", "width": 640, "height": 360, "type": "image/webp"}], "duration_ms": 31040, "warnings": ["0.4 s at 00:12 could not be read."], "hls": "master.m3u8", "storyboard": "storyboard.vtt", "renditions": [
                {"width": 1920, "height": 1080, "bitrate": 5128000, "codecs": "avc1.640028,mp4a.40.2"},
                {"width": 640, "height": 360, "bitrate": 928000, "codecs": "avc1.64001e,mp4a.40.2"}]""".formatted(path()));
    }

    /** As a foreign encoder tells it: without what we added. */
    String completedByOthers() {
        return completed("");
    }

    private String completed(String more) {
        return message("VideoEncodingCompleted", "original_id", String.format(Locale.ROOT, """
                        "height": 1080, "width": 1920, "duration": 31, "thumbnail": "%s/thumbnail-640.jpg", "path": "%s"%s""", path(), path(), more));
    }

    private String message(String key, String idField, String more) {
        return String.format(
                Locale.ROOT,
                """
                {"key": "%s", "data": {"%s": "%s", "title": "%s", "description": "%s", "published_at": "%s",
                "user_id": %d, %s}}""",
                key,
                idField,
                videoId,
                title.replace("\\", "\\\\").replace("\"", "\\\""),
                description,
                publishedAt,
                userId,
                more);
    }
}
