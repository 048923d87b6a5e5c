package dev.caravan.encode.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletedVideoTest {

    @Test
    void readsWhichVideoIsGone() throws Exception {
        assertThat(read("{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"a-1\", \"user_id\": 7}}"))
                .isEqualTo(new DeletedVideo("a-1", 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"../a\", \"user_id\": 7}}",
                "{\"key\": \"VideoDeleted\", \"data\": {\"original_id\": \"a\"}}",
                "{\"key\": \"EncodeUploadedVideo\", \"data\": {\"original_id\": \"a\", \"user_id\": 7}}",
            })
    void refusesWhatSaysNothing(String message) {
        assertThatThrownBy(() -> read(message)).isInstanceOf(MalformedMessageException.class);
    }

    private static DeletedVideo read(String message) throws JsonProcessingException {
        return DeletedVideo.read(new ObjectMapper().readTree(message));
    }
}
