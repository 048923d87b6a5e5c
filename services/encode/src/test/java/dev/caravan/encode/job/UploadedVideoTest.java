package dev.caravan.encode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadedVideoTest {

    @Test
    void readsTheMessageOfAnyPublisher() throws Exception {
        assertThat(read("""
                                {"key": "EncodeUploadedVideo", "data": {"video_id": "5bf2a0b8-1d8e", "thumbnail_id": "77aa",
                                 "title": "Tom & \\"Jerry\\"", "description": "", "published_at": "2026-01-02T03:04:05+02:00",
                                 "user_id": 7, "new_field": [1]}}
                                """))
                .isEqualTo(new UploadedVideo(
                        "5bf2a0b8-1d8e",
                        null,
                        new UploadedVideo.Picture("thumbnails/77aa", false, null),
                        "Tom & \"Jerry\"",
                        "",
                        null,
                        "2026-01-02T03:04:05+02:00",
                        7));
    }

    @Test
    void takesTheKeyOfTheThumbnailWhenItIsNamed() throws Exception {
        assertThat(read(withData("\"thumbnail_id\": \"a\", \"thumbnail\": \"thumbnails/b\""))
                        .thumbnail())
                .isEqualTo(new UploadedVideo.Picture("thumbnails/b", true, null));
        assertThat(read(withData("\"thumbnail_id\": \"a\", \"thumbnail\": \"raw-videos/b\""))
                        .thumbnail())
                .isEqualTo(new UploadedVideo.Picture("thumbnails/a", false, null));
        assertThat(read(withData("\"thumbnail_id\": \"\"")).thumbnail()).isNull();
        assertThat(read(withData("\"thumbnail_id\": \"../b\"")).thumbnail()).isNull();
    }

    @Test
    void knowsWhatWasCheckedOfVideoAndThumbnail() throws Exception {
        UploadedVideo video = read(withData("\"thumbnail\": \"thumbnails/b\", \"size\": 10, \"etag\": \"\\\"abc\\\"\","
                + " \"thumbnail_size\": 5, \"thumbnail_etag\": \"\\\"def\\\"\""));

        assertThat(video.checked()).isEqualTo(new UploadedVideo.Checked(10, "\"abc\""));
        assertThat(video.thumbnail())
                .isEqualTo(new UploadedVideo.Picture("thumbnails/b", true, new UploadedVideo.Checked(5, "\"def\"")));
    }

    @Test
    void takesNoThumbnailThatCameAfterTheCheck() throws Exception {
        assertThat(read(withData("\"thumbnail_id\": \"a\", \"size\": 10, \"etag\": \"abc\""))
                        .thumbnail())
                .isNull();
    }

    @Test
    void tellsWhatWasCheckedFromWhatIsThereNow() {
        UploadedVideo.Checked checked = new UploadedVideo.Checked(10, "\"abc\"");

        assertThat(checked.is(10, "\"abc\"")).isTrue();
        assertThat(checked.is(10, "abc")).isTrue();
        assertThat(checked.is(11, "\"abc\"")).isFalse();
        assertThat(checked.is(10, "\"abd\"")).isFalse();
    }

    @Test
    void dependsOnNoTextForPeople() throws Exception {
        UploadedVideo video = read(withData("\"published_at\": \"yesterday\""));

        assertThat(video.title()).isEmpty();
        assertThat(Instant.parse(video.publishedAt())).isBefore(Instant.now().plusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "null",
                "{}",
                "{\"key\": \"EncodeUploadedVideo\"}",
                "{\"key\": \"VideoEncodingCompleted\", \"data\": {\"video_id\": \"a\", \"user_id\": 1}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"../etc\", \"user_id\": 1}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"..\", \"user_id\": 1}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": 12, \"user_id\": 1}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"a\"}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"a\", \"user_id\": \"1\"}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"a\", \"user_id\": 1.5}}",
            })
    void refusesWhatSaysNothing(String message) {
        assertThatThrownBy(() -> read(message)).isInstanceOf(MalformedMessageException.class);
    }

    private static String withData(String more) {
        return "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"video_id\": \"a\", \"user_id\": 1, " + more + "}}";
    }

    private static UploadedVideo read(String message) throws JsonProcessingException {
        return UploadedVideo.read(new ObjectMapper().readTree(message));
    }
}
