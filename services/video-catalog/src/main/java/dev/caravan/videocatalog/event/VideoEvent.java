package dev.caravan.videocatalog.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a video after an event, all of it told by the event itself.
 *
 * @param originalId the id that the upload gave
 * @param userId of the owner
 * @param visibility as the database calls it; null when the event says nothing of it
 * @param attempt at encoding, from 1; 0 when the event counts none
 * @param state as the database calls it
 * @param progress per cent
 * @param failure a sentence for the owner; of failed videos only
 * @param playback of ready videos only
 * @param playable of videos that can be played while they are encoded only
 */
record VideoEvent(
        String originalId,
        int userId,
        String title,
        String description,
        @Nullable String visibility,
        Instant publishedAt,
        int attempt,
        String state,
        int progress,
        @Nullable String failure,
        @Nullable Playback playback,
        @Nullable Playable playable) {

    /**
     * How far it can be played.
     *
     * @param untilMs milliseconds from the beginning
     * @param says where and what, a JSON object
     * @param manifests by their names, a JSON object
     */
    record Playable(long untilMs, String says, String manifests) {}

    /**
     * What a player needs.
     *
     * @param width of the largest picture
     * @param height of the largest picture
     * @param duration whole seconds
     * @param durationMs milliseconds; null when whole seconds alone are told
     * @param path S3 prefix, without a slash at its end
     * @param hls name of the HLS playlist; null when there is none
     * @param storyboard name of the WebVTT file of its storyboard; null when there is none
     * @param poster S3 key of its picture; null when there is none
     * @param thumbnails a JSON array of its picture's sizes
     * @param renditions a JSON array
     * @param warnings a JSON array of sentences
     * @param audioTracks a JSON array
     * @param downloads a JSON array of the files that it may be downloaded as
     * @param captions of its file, a JSON array
     * @param chapters of its file, a JSON array
     */
    record Playback(
            int width,
            int height,
            int duration,
            @Nullable Long durationMs,
            String path,
            @Nullable String hls,
            @Nullable String storyboard,
            @Nullable String poster,
            String thumbnails,
            String renditions,
            String warnings,
            String audioTracks,
            String downloads,
            String captions,
            String chapters) {

        boolean hasTexts() {
            return !captions.equals(NONE) || !chapters.equals(NONE);
        }
    }

    private static final String NONE = "[]";

    /** The parameters of {@code take-texts.sql}; null when the event tells of no captions and no chapters. */
    @Nullable
    Map<String, @Nullable Object> texts() {
        if (playback == null || !playback.hasTexts()) {
            return null;
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("original_id", originalId);
        parameters.put("captions", playback.captions);
        parameters.put("chapters", playback.chapters);
        return parameters;
    }

    /** The parameters of {@code record-playable.sql}; null when the event does not tell how far it can be played. */
    @Nullable
    Map<String, @Nullable Object> playability() {
        if (playable == null) {
            return null;
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("original_id", originalId);
        parameters.put("attempt", attempt);
        parameters.put("playable_until_ms", playable.untilMs);
        parameters.put("playable", playable.says);
        parameters.put("manifests", playable.manifests);
        return parameters;
    }

    /** The parameters of {@code upsert-video.sql}. */
    Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("original_id", originalId);
        parameters.put("user_id", userId);
        parameters.put("title", title);
        parameters.put("description", description);
        parameters.put("visibility", visibility);
        parameters.put("published_at", publishedAt.atOffset(ZoneOffset.UTC));
        parameters.put("attempt", attempt);
        parameters.put("state", state);
        parameters.put("progress", progress);
        parameters.put("failure", failure);
        parameters.put("width", playback == null ? null : playback.width);
        parameters.put("height", playback == null ? null : playback.height);
        parameters.put("duration", playback == null ? null : playback.duration);
        parameters.put("duration_ms", playback == null ? null : playback.durationMs);
        parameters.put("path", playback == null ? null : playback.path);
        parameters.put("hls", playback == null ? null : playback.hls);
        parameters.put("storyboard", playback == null ? null : playback.storyboard);
        parameters.put("poster", playback == null ? null : playback.poster);
        parameters.put("thumbnails", playback == null ? NONE : playback.thumbnails);
        parameters.put("renditions", playback == null ? NONE : playback.renditions);
        parameters.put("warnings", playback == null ? NONE : playback.warnings);
        parameters.put("audio_tracks", playback == null ? NONE : playback.audioTracks);
        parameters.put("download_files", playback == null ? NONE : playback.downloads);
        return parameters;
    }
}
