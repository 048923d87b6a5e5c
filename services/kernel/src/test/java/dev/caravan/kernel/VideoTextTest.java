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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A walk 720p.mp4 | A walk 720p.mp4 | A%20walk%20720p.mp4",
                "R\u00e9sum\u00e9 1*2.mp4 | Resume 1*2.mp4 | R%C3%A9sum%C3%A9%201%2A2.mp4",
                "\u6620\u753b.mp4 | _.mp4 | %E6%98%A0%E7%94%BB.mp4"
            })
    void hasAFileKeptUnderItsNameByEveryProgram(String name, String plain, String encoded) {
        assertThat(VideoText.attachment(name))
                .isEqualTo("attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
    }
}
