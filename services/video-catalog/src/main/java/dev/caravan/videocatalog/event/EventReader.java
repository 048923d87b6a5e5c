package dev.caravan.videocatalog.event;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.videocatalog.event.VideoEvent.Playable;
import dev.caravan.videocatalog.event.VideoEvent.Playback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of our services and of others who follow the contract; what it does not know is ignored. Others'
 * {@code VideoEncodingCompleted} has neither {@code visibility}, {@code renditions}, {@code hls}, {@code duration_ms},
 * {@code warnings}, {@code audio_tracks}, {@code thumbnails}, {@code storyboard} nor {@code downloads}.
 */
final class EventReader {

    private static final int PER_CENT = 100;
    /** More than a person reads. */
    private static final int MOST_WARNINGS = 50;

    private static final int LONGEST_WARNING = 500;
    /** More sizes and kinds than a page chooses from. */
    private static final int MOST_THUMBNAILS = 20;

    private static final int MOST_DOWNLOADS = 20;

    private static final String DASH = "master.mpd";

    private static final String UNTOLD_FAILURE = "The video could not be encoded.";

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws MalformedEventException when nothing can be recorded of it */
    VideoEvent read(byte[] message) {
        JsonNode root = parse(message);
        String key = root.path("key").asText();
        EventData data = new EventData(root.path("data"));
        return switch (key) {
            case "EncodeUploadedVideo" -> event(data, "video_id", "uploaded", 0, null, null, null);
            case "VideoEncodingProgressed" ->
                event(data, "original_id", "encoding", data.number("progress", PER_CENT), null, null, null);
            case "VideoPlayable" ->
                event(data, "original_id", "encoding", data.number("progress", PER_CENT), null, null, playable(data));
            case "VideoEncodingFailed" -> {
                String failure = data.text("failure");
                yield event(data, "original_id", "failed", 0, failure.isBlank() ? UNTOLD_FAILURE : failure, null, null);
            }
            case "VideoEncodingCompleted" -> event(data, "original_id", "ready", PER_CENT, null, playback(data), null);
            default -> throw new MalformedEventException("its key is \"%.60s\", which is no event".formatted(key));
        };
    }

    private static VideoEvent event(
            EventData data,
            String id,
            String state,
            int progress,
            @Nullable String failure,
            @Nullable Playback playback,
            @Nullable Playable playable) {
        return new VideoEvent(
                data.id(id),
                data.userId(),
                data.text("title"),
                data.text("description"),
                data.visibility(),
                data.publishedAt(),
                data.attempt(),
                state,
                progress,
                failure,
                playback,
                playable);
    }

    /** @throws MalformedEventException when nothing can be played by it */
    private Playable playable(EventData data) {
        String folder = data.path(data.id("original_id"));
        Long until = data.positive("playable_until_ms");
        String playlist = data.playlist();
        ObjectNode manifests = json.createObjectNode();
        data.manifests().forEach(manifests::put);
        if (until == null || playlist == null || !manifests.has(playlist) || !manifests.has(DASH)) {
            throw new MalformedEventException("it does not say what can be played");
        }
        ObjectNode says = json.createObjectNode()
                .put("path", folder)
                .put("hls", playlist)
                .put("duration_ms", Objects.requireNonNullElse(data.positive("duration_ms"), until))
                .put("whole", data.data().path("whole").asBoolean());
        says.set("renditions", renditions(data));
        return new Playable(until, says.toString(), manifests.toString());
    }

    private Playback playback(EventData data) {
        return new Playback(
                data.number("width", Integer.MAX_VALUE),
                data.number("height", Integer.MAX_VALUE),
                data.number("duration", Integer.MAX_VALUE),
                data.positive("duration_ms"),
                data.path(data.id("original_id")),
                data.playlist(),
                data.storyboard(),
                data.picture(),
                thumbnails(data).toString(),
                renditions(data).toString(),
                warnings(data).toString(),
                EventTexts.audioTracks(data.data()).toString(),
                downloads(data).toString(),
                EventTexts.captions(data.data()).toString(),
                EventTexts.chapters(data.data()).toString());
    }

    private ArrayNode renditions(EventData data) {
        ArrayNode renditions = json.createArrayNode();
        for (JsonNode node : data.data().path("renditions")) {
            EventData rendition = new EventData(node);
            renditions
                    .addObject()
                    .put("width", rendition.number("width", Integer.MAX_VALUE))
                    .put("height", rendition.number("height", Integer.MAX_VALUE))
                    .put("bitrate", rendition.number("bitrate", Integer.MAX_VALUE))
                    .put("codecs", rendition.text("codecs"));
        }
        return renditions;
    }

    /** What is no picture of this video is left out. */
    private ArrayNode thumbnails(EventData data) {
        String folder = data.path(data.id("original_id"));
        ArrayNode thumbnails = json.createArrayNode();
        for (JsonNode node : data.data().path("thumbnails")) {
            EventData thumbnail = new EventData(node);
            String key = thumbnail.pictureKey(folder);
            String type = thumbnail.pictureType();
            if (key != null && type != null && thumbnails.size() < MOST_THUMBNAILS) {
                thumbnails
                        .addObject()
                        .put("key", key)
                        .put("width", thumbnail.number("width", Integer.MAX_VALUE))
                        .put("height", thumbnail.number("height", Integer.MAX_VALUE))
                        .put("type", type);
            }
        }
        return thumbnails;
    }

    /** What is no file of this video is left out. */
    private ArrayNode downloads(EventData data) {
        String folder = data.path(data.id("original_id"));
        ArrayNode downloads = json.createArrayNode();
        for (JsonNode node : data.data().path("downloads")) {
            EventData file = new EventData(node);
            String key = file.downloadKey(folder);
            String rendition = file.rendition();
            Long size = file.positive("size");
            if (key != null && rendition != null && size != null && downloads.size() < MOST_DOWNLOADS) {
                downloads
                        .addObject()
                        .put("rendition", rendition)
                        .put("key", key)
                        .put("width", file.number("width", Integer.MAX_VALUE))
                        .put("height", file.number("height", Integer.MAX_VALUE))
                        .put("size", size);
            }
        }
        return downloads;
    }

    /** What is no sentence is left out. */
    private ArrayNode warnings(EventData data) {
        ArrayNode warnings = json.createArrayNode();
        data.texts("warnings", MOST_WARNINGS, LONGEST_WARNING).forEach(warnings::add);
        return warnings;
    }

    private JsonNode parse(byte[] message) {
        try {
            return json.readTree(message);
        } catch (JacksonException e) {
            throw new MalformedEventException("it is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
