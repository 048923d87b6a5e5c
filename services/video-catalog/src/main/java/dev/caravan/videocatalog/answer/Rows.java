package dev.caravan.videocatalog.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.proto.videocatalog.AudioTrack;
import dev.caravan.proto.videocatalog.Caption;
import dev.caravan.proto.videocatalog.Chapter;
import dev.caravan.proto.videocatalog.Download;
import dev.caravan.proto.videocatalog.DownloadFile;
import dev.caravan.proto.videocatalog.Rendition;
import dev.caravan.proto.videocatalog.SitemapVideo;
import dev.caravan.proto.videocatalog.Thumbnail;
import dev.caravan.proto.videocatalog.User;
import dev.caravan.proto.videocatalog.Video;
import dev.caravan.videocatalog.signature.PlaybackSigner;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Rows, as camel-sql gives them, to messages. */
@Component
class Rows {

    private static final String PLAYABLE = "playable";
    private static final double MILLIS = 1000;

    private final ObjectMapper json;
    private final PlaybackSigner signer;

    private final Duration keepTrash;

    Rows(ObjectMapper json, PlaybackSigner signer, @Value("${video-catalog.keep-trash}") Duration keepTrash) {
        this.json = json;
        this.signer = signer;
        this.keepTrash = keepTrash;
    }

    Video video(Map<String, @Nullable Object> row, User owner) {
        String thumbnail = text(row, "thumbnail");
        Video.Builder video = Video.newBuilder()
                .setId(number(row, "id"))
                .setVideoId(text(row, "original_id"))
                .setTitle(text(row, "title"))
                .setDescription(text(row, "description"))
                .setThumbnailUrl(thumbnail.isEmpty() ? "" : signer.urlOfPicture(thumbnail))
                .setDuration(number(row, "duration"))
                .setDurationMs(row.get("duration_ms") instanceof Number milliseconds ? milliseconds.longValue() : 0)
                .setResolution(resolution(row))
                .setUser(owner)
                .setState(text(row, "state"))
                .setProgress(number(row, "progress"));
        addPlayable(row, video);
        String publishedAt = instant(row, "published_at");
        if (publishedAt != null) {
            video.setPublishedAt(publishedAt);
        }
        if (row.get("failure") instanceof String failure) {
            video.setFailure(failure);
        }
        addRenditions(array(row, "renditions"), video);
        array(row, "thumbnails")
                .forEach(size -> video.addThumbnails(Thumbnail.newBuilder()
                        .setUrl(signer.urlOfPicture(size.path("key").asText()))
                        .setWidth(size.path("width").intValue())
                        .setHeight(size.path("height").intValue())
                        .setType(size.path("type").asText())));
        array(row, "warnings").forEach(warning -> video.addWarnings(warning.asText()));
        addEdited(row, video);
        return video.build();
    }

    /** What there is of one that is played while it is encoded. */
    private void addPlayable(Map<String, @Nullable Object> row, Video.Builder video) {
        if (row.get("playable_until_ms") instanceof Number until) {
            JsonNode playable = object(row, "playable");
            long milliseconds = playable.path("duration_ms").asLong();
            video.setState(PLAYABLE)
                    .setPlayableUntil(until.longValue() / MILLIS)
                    .setDurationMs(milliseconds)
                    .setDuration((int) Math.round(milliseconds / MILLIS));
            addRenditions(playable.path("renditions"), video);
        }
    }

    /** What the owner may change, and where it is. */
    private void addEdited(Map<String, @Nullable Object> row, Video.Builder video) {
        video.setVisibility(text(row, "visibility"))
                .setRevision(number(row, "revision"))
                .setDownloads(text(row, "downloads"));
        for (JsonNode file : array(row, "download_files")) {
            video.addDownloadFiles(DownloadFile.newBuilder()
                    .setRendition(file.path("rendition").asText())
                    .setWidth(file.path("width").intValue())
                    .setHeight(file.path("height").intValue())
                    .setSize(file.path("size").longValue()));
        }
        array(row, "tags").forEach(tag -> video.addTags(tag.asText()));
        array(row, "embed_origins").forEach(origin -> video.addEmbedOrigins(origin.asText()));
        if (row.get("language") instanceof String language) {
            video.setLanguage(language);
        }
        if (row.get("licence") instanceof String licence) {
            video.setLicence(licence);
        }
        String publishAt = instant(row, "publish_at");
        if (publishAt != null) {
            video.setPublishAt(publishAt);
        }
        if (row.get("trashed_at") instanceof Timestamp trashedAt) {
            video.setRestorableUntil(text(trashedAt.toInstant().plus(keepTrash)));
        }
    }

    /** Null when there is none. */
    static @Nullable String instant(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Timestamp time ? text(time.toInstant()) : null;
    }

    /** In milliseconds, which is what browsers' clocks read. */
    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    SitemapVideo sitemapVideo(Map<String, @Nullable Object> row) {
        SitemapVideo.Builder video = SitemapVideo.newBuilder()
                .setId(number(row, "id"))
                .setTitle(text(row, "title"))
                .setDescription(text(row, "description"))
                .setDuration(number(row, "duration"))
                .setEmbeddable(Boolean.TRUE.equals(row.get("embeddable")));
        String publishedAt = instant(row, "published_at");
        if (publishedAt != null) {
            video.setPublishedAt(publishedAt);
        }
        array(row, "tags").forEach(tag -> video.addTags(tag.asText()));
        return video.build();
    }

    /** The folder of what is played; empty until there is something to play. */
    private String folder(Map<String, @Nullable Object> row) {
        String path = text(row, "path");
        return path.isEmpty() ? object(row, "playable").path("path").asText() : path;
    }

    /** The signed URL of the DASH manifest; empty until the video can be played. */
    String manifestUrl(Map<String, @Nullable Object> row) {
        String path = folder(row);
        return path.isEmpty() ? "" : signer.urlInFolder(path, "master.mpd");
    }

    /** The signed URL of the HLS playlist; empty when there is none. */
    String hlsUrl(Map<String, @Nullable Object> row) {
        String hls = text(row, "hls");
        hls = text(row, "path").isEmpty() ? object(row, "playable").path("hls").asText() : hls;
        return hls.isEmpty() ? "" : signer.urlInFolder(folder(row), hls);
    }

    /** The signed URL of the text of its storyboard; empty when there is none. */
    String storyboardUrl(Map<String, @Nullable Object> row) {
        String storyboard = text(row, "storyboard");
        return storyboard.isEmpty() ? "" : signer.urlInFolder(text(row, "path"), storyboard);
    }

    /** Of the column {@code captions}, with signed URLs once the video is ready. */
    List<Caption> captions(Map<String, @Nullable Object> row) {
        String path = folder(row);
        List<Caption> captions = new ArrayList<>();
        for (JsonNode kept : array(row, "captions")) {
            String language = kept.path("language").asText();
            captions.add(Caption.newBuilder()
                    .setLanguage(language)
                    .setLabel(kept.path("label").asText())
                    .setDefault(kept.path("default").asBoolean())
                    .setCues(kept.path("cues").intValue())
                    .setUrl(path.isEmpty() ? "" : signer.urlInFolder(path, "captions-" + language + ".vtt"))
                    .build());
        }
        return captions;
    }

    /** Of the column {@code chapters}. */
    List<Chapter> chapters(Map<String, @Nullable Object> row) {
        List<Chapter> chapters = new ArrayList<>();
        for (JsonNode kept : array(row, "chapters")) {
            chapters.add(Chapter.newBuilder()
                    .setSeconds(kept.path("seconds").asDouble())
                    .setTitle(kept.path("title").asText())
                    .build());
        }
        return chapters;
    }

    /** Of the column {@code audio_tracks}. */
    List<AudioTrack> audioTracks(Map<String, @Nullable Object> row) {
        List<AudioTrack> tracks = new ArrayList<>();
        for (JsonNode kept : array(row, "audio_tracks")) {
            AudioTrack.Builder track = AudioTrack.newBuilder()
                    .setLabel(kept.path("label").asText())
                    .setChannels(kept.path("channels").intValue())
                    .setDefault(kept.path("default").asBoolean())
                    .setAudioDescription(kept.path("audio_description").asBoolean());
            String language = kept.path("language").asText();
            if (!language.isEmpty()) {
                track.setLanguage(language);
            }
            tracks.add(track.build());
        }
        return tracks;
    }

    /** Of the column {@code download_files}, with signed URLs of nothing but each. */
    List<Download> downloads(Map<String, @Nullable Object> row) {
        List<Download> downloads = new ArrayList<>();
        for (JsonNode file : array(row, "download_files")) {
            downloads.add(Download.newBuilder()
                    .setRendition(file.path("rendition").asText())
                    .setWidth(file.path("width").intValue())
                    .setHeight(file.path("height").intValue())
                    .setSize(file.path("size").longValue())
                    .setUrl(signer.urlOfFile(file.path("key").asText()))
                    .build());
        }
        return downloads;
    }

    private static String resolution(Map<String, @Nullable Object> row) {
        int width = number(row, "width");
        int height = number(row, "height");
        return width > 0 && height > 0 ? width + "x" + height : "";
    }

    private static void addRenditions(JsonNode renditions, Video.Builder video) {
        for (JsonNode rendition : renditions) {
            video.addRenditions(Rendition.newBuilder()
                    .setWidth(rendition.path("width").intValue())
                    .setHeight(rendition.path("height").intValue())
                    .setBitrate(rendition.path("bitrate").intValue())
                    .setCodecs(rendition.path("codecs").asText()));
        }
    }

    /** Without a field when the column is null. */
    private JsonNode object(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof String ? array(row, column) : json.createObjectNode();
    }

    private JsonNode array(Map<String, @Nullable Object> row, String column) {
        try {
            return json.readTree(text(row, column));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb that is no JSON", e);
        }
    }

    static int number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number number ? number.intValue() : 0;
    }

    static String text(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof String text ? text : "";
    }
}
