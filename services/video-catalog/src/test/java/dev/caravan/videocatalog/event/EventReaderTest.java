package dev.caravan.videocatalog.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final String COMMON = """
            "title": "A title", "description": "Ünïcode", "published_at": "2026-01-02T03:04:05+01:00", "user_id": 7""";

    private final EventReader reader = new EventReader();

    @Test
    void readsAnUploadedVideo() {
        VideoEvent event = read("EncodeUploadedVideo", "\"video_id\": \"v-1\", \"thumbnail_id\": \"t-1\"");

        assertThat(event)
                .isEqualTo(new VideoEvent(
                        "v-1",
                        7,
                        "A title",
                        "Ünïcode",
                        null,
                        Instant.parse("2026-01-02T02:04:05Z"),
                        0,
                        "uploaded",
                        0,
                        null,
                        null,
                        null));
        assertThat(event.parameters()).containsEntry("path", null).containsEntry("renditions", "[]");
    }

    @Test
    void readsHowFarAVideoCanBePlayed() {
        VideoEvent event = read("VideoPlayable", """
                "original_id": "v-1", "attempt": 2, "progress": 7, "path": "encoded-videos/v-1/2", "hls": "master.m3u8",
                "playable_until_ms": 8000, "duration_ms": 31040, "whole": false, "renditions": [],
                "manifests": {"master.m3u8": "#EXTM3U", "../x.m3u8": "#EXTM3U", "master.mpd": "<MPD/>", "segment.m4s": "x"}""");

        assertThat(event.state()).isEqualTo("encoding");
        assertThat(event.playability())
                .isEqualTo(Map.of(
                        "original_id",
                        "v-1",
                        "attempt",
                        2,
                        "playable_until_ms",
                        8000L,
                        "playable",
                        "{\"path\":\"encoded-videos/v-1/2\",\"hls\":\"master.m3u8\",\"duration_ms\":31040,\"whole\":false,\"renditions\":[]}",
                        "manifests",
                        "{\"master.m3u8\":\"#EXTM3U\",\"master.mpd\":\"<MPD/>\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"playable_until_ms\": 0, \"hls\": \"a.m3u8\", \"manifests\": {\"a.m3u8\": \"x\", \"master.mpd\": \"x\"}",
                "\"playable_until_ms\": 1, \"manifests\": {\"a.m3u8\": \"x\", \"master.mpd\": \"x\"}",
                "\"playable_until_ms\": 1, \"hls\": \"a.m3u8\", \"manifests\": {\"master.mpd\": \"x\"}",
                "\"playable_until_ms\": 1, \"hls\": \"a.m3u8\", \"manifests\": {\"a.m3u8\": \"x\"}",
                "\"playable_until_ms\": 1, \"hls\": \"a.m3u8\", \"manifests\": []"
            })
    void takesNothingAsPlayableOfWhichItIsNotToldHow(String said) {
        assertThatThrownBy(() ->
                        read("VideoPlayable", "\"original_id\": \"v-1\", \"path\": \"encoded-videos/v-1/1\", " + said))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("what can be played");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'\"private\"', private",
                "'\"unlisted\"', unlisted",
                "'\"public\"', public",
                "'\"Public\"', private",
                "7, private",
                "'\"\"', private",
                "null, NULL"
            },
            nullValues = "NULL")
    void readsWhoMaySeeItAndLetsNobodyWhenItDoesNotUnderstand(String said, @Nullable String visibility) {
        assertThat(read("EncodeUploadedVideo", "\"video_id\": \"v-1\", \"visibility\": " + said)
                        .visibility())
                .isEqualTo(visibility);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "0, 0", "-1, 0", "1.5, 0", "'\"2\"', 0", "3000000000, 0", "null, 0"})
    void readsTheAttempt(String said, int attempt) {
        assertThat(read("VideoEncodingProgressed", "\"original_id\": \"v-1\", \"attempt\": " + said)
                        .attempt())
                .isEqualTo(attempt);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoded-videos/v-1", "encoded-videos/v-1/1", "encoded-videos/v-1/2147483647"})
    void takesTheFolderOfAVideoAndOfAnAttempt(String path) {
        assertThat(read("VideoEncodingCompleted", "\"original_id\": \"v-1\", \"path\": \"" + path + "/\"")
                        .playback()
                        .path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "41, 41", "100, 100", "101, 100", "-3, 0", "12.6, 13", "null, 0", "'\"x\"', 0", "1e99, 100"})
    void readsProgressAsPerCent(String said, int progress) {
        VideoEvent event = read("VideoEncodingProgressed", "\"original_id\": \"v-1\", \"progress\": " + said);

        assertThat(event.state()).isEqualTo("encoding");
        assertThat(event.progress()).isEqualTo(progress);
    }

    @Test
    void takesTextAsItIsKeptHoweverItWasPublished() {
        VideoEvent event = reader.read("""
                {"key": "VideoEncodingProgressed", "data": {"original_id": "v-1", "user_id": 7,
                "title": "Gru\\u0308\u00dfe\\u0000 \\u202egpj\\ud800.", "description": "a\\r\\nb\\u001b"}}""".getBytes(UTF_8));

        assertThat(event.title()).isEqualTo("Gr\u00fc\u00dfe gpj\ufffd.");
        assertThat(event.description()).isEqualTo("a\nb");
    }

    @Test
    void readsAFailureWithItsSentence() {
        VideoEvent told = read("VideoEncodingFailed", "\"original_id\": \"v-1\", \"failure\": \"No\\u0000 video.\"");
        VideoEvent untold = read("VideoEncodingFailed", "\"original_id\": \"v-1\"");

        assertThat(told.state()).isEqualTo("failed");
        assertThat(told.failure()).isEqualTo("No video.");
        assertThat(untold.failure()).isEqualTo("The video could not be encoded.");
    }

    @Test
    void readsACompletedVideo() {
        VideoEvent event = read("VideoEncodingCompleted", """
                "original_id": "v-1", "height": 360, "width": 640, "duration": 30, "duration_ms": 30040,
                "warnings": ["0.4 s at 00:12 could not be read."],
                "thumbnail": "encoded-videos/v-1/1/thumbnail-640.jpg", "path": "encoded-videos/v-1/1", "hls": "master.m3u8",
                "storyboard": "storyboard.vtt",
                "renditions": [{"width": 640, "height": 360, "bitrate": 800000, "codecs": "avc1", "more": 1}, 5]""");

        assertThat(event.state()).isEqualTo("ready");
        assertThat(event.progress()).isEqualTo(100);
        assertThat(event.playback())
                .isEqualTo(new VideoEvent.Playback(
                        640,
                        360,
                        30,
                        30040L,
                        "encoded-videos/v-1/1",
                        "master.m3u8",
                        "storyboard.vtt",
                        "encoded-videos/v-1/1/thumbnail-640.jpg",
                        "[]",
                        "[{\"width\":640,\"height\":360,\"bitrate\":800000,\"codecs\":\"avc1\"},"
                                + "{\"width\":0,\"height\":0,\"bitrate\":0,\"codecs\":\"\"}]",
                        "[\"0.4 s at 00:12 could not be read.\"]",
                        "[]",
                        "[]",
                        "[]",
                        "[]"));
    }

    @Test
    void readsWhatAVideoCanBeHeardWithAndLeavesOutWhatIsNoSound() {
        VideoEvent.Playback playback = completed("""
                "audio_tracks": [
                    {"language": "de", "label": "Deutsch", "channels": 6, "default": true, "audio_description": false},
                    {"label": " \\n", "channels": 2, "audio_description": true, "more": 1},
                    {"language": "pt-br", "channels": 2}, {"language": "../x", "label": "L", "channels": 2},
                    {"label": "None", "channels": 0}, {"label": "None"}, 5]""");

        assertThat(playback.audioTracks())
                .isEqualTo(
                        "[{\"language\":\"de\",\"label\":\"Deutsch\",\"channels\":6,\"default\":true,"
                                + "\"audio_description\":false},"
                                + "{\"language\":\"\",\"label\":\"Sound\",\"channels\":2,\"default\":false,"
                                + "\"audio_description\":true},"
                                + "{\"language\":\"pt-BR\",\"label\":\"Portugu\u00eas (Brasil)\",\"channels\":2,\"default\":false,"
                                + "\"audio_description\":false},"
                                + "{\"language\":\"\",\"label\":\"L\",\"channels\":2,\"default\":false,\"audio_description\":false}]");
        assertThat(completed("\"audio_tracks\": 5").audioTracks()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "30040, 30040", "43200000000, 43200000000", "0,", "-1,", "1.5,", "'\"2\"',", "1e99,", "null,"})
    void readsTheLengthInMilliseconds(String said, @Nullable Long milliseconds) {
        assertThat(completed("\"duration_ms\": " + said).durationMs()).isEqualTo(milliseconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"One.\", \"Two.\"] | [\"One.\",\"Two.\"]",
                "[\" One.\\u0000 \", 5, null, {}, \"\", \"  \"] | [\"One.\"]",
                "[] | []",
                "null | []",
                "\"One.\" | []",
                "{\"a\": \"One.\"} | []"
            })
    void readsWarningsAsFarAsTheyAreSentences(String said, String warnings) {
        assertThat(completed("\"warnings\": " + said).warnings()).isEqualTo(warnings);
    }

    @Test
    void readsNoMoreWarningsThanAPersonDoes() {
        String many = "\"" + "x".repeat(501) + "\"" + ", \"w\"".repeat(50);

        assertThat(completed("\"warnings\": [" + many + "]").warnings())
                .isEqualTo("[\"" + "x".repeat(500) + "\"" + ",\"w\"".repeat(49) + "]");
    }

    @Test
    void readsTheSizesOfAPictureInTheVideosOwnFolder() {
        assertThat(completed("""
                                "thumbnails": [
                                 {"key": "encoded-videos/v-1/thumbnail-640.jpg", "width": 640, "height": 360, "type": "image/jpeg"},
                                 {"key": "encoded-videos/v-1/thumbnail-640.webp", "width": "x", "type": "image/webp", "more": 1},
                                 {"key": "encoded-videos/v-1/page.jpg", "type": "text/html"},
                                 {"key": "encoded-videos/v-2/thumbnail-640.jpg", "width": 640, "height": 360, "type": "image/jpeg"},
                                 {"key": "encoded-videos/v-1/../v-2/t.jpg", "width": 640, "height": 360, "type": "image/jpeg"},
                                 {"key": "thumbnails/t-1", "width": 640, "height": 360, "type": "image/jpeg"},
                                 {"width": 640}, 5, null]""").thumbnails())
                .isEqualTo("[{\"key\":\"encoded-videos/v-1/thumbnail-640.jpg\",\"width\":640,\"height\":360,"
                        + "\"type\":\"image/jpeg\"},{\"key\":\"encoded-videos/v-1/thumbnail-640.webp\",\"width\":0,"
                        + "\"height\":0,\"type\":\"image/webp\"}]");
        assertThat(completed("\"thumbnails\": \"none\"").thumbnails()).isEqualTo("[]");
    }

    @Test
    void readsTheFilesThatAVideoIsDownloadedAsInItsOwnFolder() {
        assertThat(completed("""
                                "downloads": [
                                 {"rendition": "720p", "key": "encoded-videos/v-1/2/downloads/720p.mp4", "width": 1280, "height": 720, "size": 4294967296},
                                 {"rendition": "source", "key": "encoded-videos/v-1/2/downloads/a.mp4", "size": 5},
                                 {"rendition": "360p", "key": "encoded-videos/v-2/2/downloads/360p.mp4", "size": 5},
                                 {"rendition": "360p", "key": "raw-videos/v-1", "size": 5},
                                 {"rendition": "360p", "key": "encoded-videos/v-1/2/../360p.mp4", "size": 5},
                                 {"rendition": "360p", "key": "encoded-videos/v-1/2/360p.mp4"}, 5, null]""").downloads())
                .isEqualTo(
                        "[{\"rendition\":\"720p\",\"key\":\"encoded-videos/v-1/2/downloads/720p.mp4\",\"width\":1280,"
                                + "\"height\":720,\"size\":4294967296}]");
        assertThat(completed("\"downloads\": \"none\"").downloads()).isEqualTo("[]");
    }

    /** What the contract asks of an encoder, and no more; the picture as it was uploaded is shown to no one. */
    @Test
    void readsACompletedVideoOfOthers() {
        VideoEvent event = reader.read("""
                {"key": "VideoEncodingCompleted", "data": {"title": "t", "description": "d",
                 "published_at": "2026-01-02T03:04:05Z", "height": 720, "width": 1280, "duration": 12, "user_id": 3,
                 "original_id": "abc", "thumbnail": "thumbnails/xyz", "path": "encoded-videos/abc"}}
                """.getBytes(UTF_8));

        assertThat(event.playback())
                .isEqualTo(new VideoEvent.Playback(
                        1280,
                        720,
                        12,
                        null,
                        "encoded-videos/abc",
                        null,
                        null,
                        null,
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]"));
    }

    @Test
    void forgivesWhatAVideoCanDoWithout() {
        VideoEvent event = reader.read("""
                {"key": "VideoEncodingCompleted", "data": {"published_at": "yesterday", "user_id": 3,
                 "original_id": "abc", "thumbnail": "http://elsewhere/x.jpg", "path": "encoded-videos/abc/",
                 "hls": "../master.m3u8", "storyboard": "../storyboard.vtt", "renditions": null, "title": null}}
                """.getBytes(UTF_8));

        Assertions.assertThat(event.publishedAt()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(event.playback())
                .isEqualTo(new VideoEvent.Playback(
                        0,
                        0,
                        0,
                        null,
                        "encoded-videos/abc",
                        null,
                        null,
                        null,
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]",
                        "[]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "5",
                "{",
                "{} {}",
                "{\"key\": \"VideoEncodingCompleted\"}",
                "{\"key\": 5, \"data\": {}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": []}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"v\"}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"v\", \"user_id\": 0}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"v\", \"user_id\": \"1\"}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"v\", \"user_id\": 1.5}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"v\", \"user_id\": 3000000000}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"\", \"user_id\": 1}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": \"../v\", \"user_id\": 1}}",
                "{\"key\": \"VideoEncodingProgressed\", \"data\": {\"original_id\": 5, \"user_id\": 1}}"
            })
    void refusesWhatSaysNothing(String message) {
        assertThatThrownBy(() -> reader.read(message.getBytes(UTF_8))).isInstanceOf(MalformedEventException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v-1",
                "raw-videos/v-1",
                "encoded-videos/",
                "encoded-videos/..",
                "encoded-videos/v-2",
                "encoded-videos/v-2/1",
                "encoded-videos/v-1/b",
                "encoded-videos/v-1/0",
                "encoded-videos/v-1/01",
                "encoded-videos/v-1/1/2",
                "encoded-videos/v-1//1"
            })
    void refusesAPathThatIsNoVideos(String path) {
        assertThatThrownBy(() -> read("VideoEncodingCompleted", "\"original_id\": \"v-1\", \"path\": \"" + path + "\""))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("path");
    }

    private VideoEvent.Playback completed(String data) {
        return read("VideoEncodingCompleted", "\"original_id\": \"v-1\", \"path\": \"encoded-videos/v-1\", " + data)
                .playback();
    }

    private VideoEvent read(String key, String data) {
        return reader.read(("{\"key\": \"" + key + "\", \"data\": {" + COMMON + ", " + data + "}}").getBytes(UTF_8));
    }
}
