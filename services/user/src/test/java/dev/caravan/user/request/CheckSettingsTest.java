package dev.caravan.user.request;

import static dev.caravan.user.request.Checks.faults;
import static dev.caravan.user.request.Checks.passed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.proto.user.SaveSettingsRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckSettingsTest {

    private final CheckSettings check = new CheckSettings();

    @Test
    void setsTheParametersOfTheStatement() throws Exception {
        assertThat(passed(
                                check,
                                SaveSettingsRequest.newBuilder()
                                        .setLanguage("en")
                                        .setAutoplay(true)
                                        .setPreferredMaxResolution(1080)
                                        .build())
                        .getMessage()
                        .getBody())
                .isEqualTo(Map.of(
                        "language", "en", "autoplay", true, "preferred_max_resolution", 1080, "email_notices", false));
    }

    @ParameterizedTest
    @CsvSource({"en, en", "DE-at, de-AT", "zh-hant-tw, zh-Hant-TW", "' fr ', fr", "sr-Latn-RS, sr-Latn-RS"})
    void writesALanguageInItsCanonicalSpelling(String language, String canonical) throws Exception {
        assertThat(passed(
                                check,
                                SaveSettingsRequest.newBuilder()
                                        .setLanguage(language)
                                        .build())
                        .getMessage()
                        .getBody(Map.class)
                        .get("language"))
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"english language", "e", "de--AT", "x-own", "de\0", "12", "d\uD800"})
    void refusesWhatIsNoLanguage(String language) {
        assertThat(faults(
                        check,
                        SaveSettingsRequest.newBuilder().setLanguage(language).build()))
                .isEqualTo(Map.of("language", List.of("language must be a BCP 47 language tag")));
    }

    @Test
    void asksForTheLanguage() {
        assertThat(faults(check, SaveSettingsRequest.getDefaultInstance()))
                .isEqualTo(Map.of("language", List.of("language is required")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 144, 1440, Integer.MAX_VALUE})
    void refusesAResolutionThatNoVideoHas(int lines) {
        assertThat(faults(
                        check,
                        SaveSettingsRequest.newBuilder()
                                .setLanguage("en")
                                .setPreferredMaxResolution(lines)
                                .build()))
                .isEqualTo(Map.of(
                        "preferred_max_resolution",
                        List.of("preferred_max_resolution must be one of 0, 240, 360, 480, 720, 1080")));
    }
}
