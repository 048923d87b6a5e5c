package dev.caravan.videocatalog.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    @ParameterizedTest
    @CsvSource({
        "en, en, English",
        "PT-br, pt-BR, Portugu\u00eas (Brasil)",
        "de, de, Deutsch",
        "zh-hant, zh-Hant, \u4e2d\u6587 (\u7e41\u9ad4)"
    })
    void keepsATagInOneSpellingAndKnowsWhatItsSpeakersCallIt(String written, String kept, String name) {
        assertThat(LanguageTag.of(written)).hasValue(kept).get().asString().matches(LanguageTag.PATTERN);
        assertThat(LanguageTag.ownName(kept)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e",
                "english language",
                "en_US",
                "../en",
                "en-\u0000",
                "x-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee"
            })
    void knowsWhatIsNoTag(String written) {
        assertThat(LanguageTag.of(written)).isEmpty();
    }
}
