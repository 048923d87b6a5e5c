package dev.caravan.upload.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSignatureTest {

    @ParameterizedTest
    @CsvSource({"GIF87a, image/gif", "GIF89a, image/gif", "RIFF....WEBP, image/webp"})
    void knowsImagesWithSignaturesInText(String beginning, String type) {
        assertThat(ImageSignature.typeOf(file(beginning))).contains(type);
    }

    @Test
    void knowsJpegAndPng() {
        assertThat(ImageSignature.typeOf(file("\u00ff\u00d8\u00ff\u00e0"))).contains("image/jpeg");
        assertThat(ImageSignature.typeOf(file("\u0089PNG\r\n\u001a\n"))).contains("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<svg xmlns=", "<html>", "BM", "RIFF....AVI ", "\0\0\0\u0020ftypavif"})
    void refusesWhatBrowsersShowOtherwise(String beginning) {
        assertThat(ImageSignature.typeOf(file(beginning))).isEmpty();
    }

    private static byte[] file(String beginning) {
        return beginning.getBytes(StandardCharsets.ISO_8859_1);
    }
}
