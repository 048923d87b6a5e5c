package dev.caravan.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTextTest {

    @Test
    void decodesUtf8() {
        assertThat(UrlText.decode("%C3%9Cber+a%2Bb%26%f0%9f%8e%ac%00")).isEqualTo("Über a+b&🎬\0");
        assertThat(UrlText.decode("%EF%BF%BD")).isEqualTo("\uFFFD");
        assertThat(UrlText.decode("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "a%",
                "%4",
                "%zz",
                "%+1",
                "%-1",
                "% 1",
                "%u0041",
                "%ff",
                "%c0%80",
                "%ed%a0%80",
                "%e2%82",
                "%f4%90%80%80",
                "%e9x"
            })
    void decodesNothingElse(String encoded) {
        assertThat(UrlText.decode(encoded)).isNull();
    }
}
