package dev.caravan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A walk | A walk 720p.mp4",
                "../etc/passwd | etc passwd 720p.mp4",
                "C:\\a\\\"b\" <c>? | C a b c 720p.mp4",
                "Ann's film: \u00dc | Ann's film \u00dc 720p.mp4",
                "a\u202egpj.exe | a gpj.exe 720p.mp4",
                "... | video 720p.mp4",
                "? | video 720p.mp4"
            })
    void namesAFileByItsTitleForEveryFileSystem(String title, String name) {
        assertThat(VideoText.fileName(title, " 720p.mp4")).isEqualTo(name);
    }

    /** Most file systems take 255 bytes. */
    @Test
    void namesNoFileTooLong() {
        assertThat(VideoText.fileName("\ud83d\ude00".repeat(255), ".mp4"))
                .isEqualTo("\ud83d\ude00".repeat(60) + ".mp4");
    }
}
