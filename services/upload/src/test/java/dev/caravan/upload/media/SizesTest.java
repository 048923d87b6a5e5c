package dev.caravan.upload.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1536, 1.5 KiB", "5242880, 5 MiB", "10737418240, 10 GiB"})
    void readsAsPeopleSayIt(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
