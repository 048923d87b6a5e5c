package dev.caravan.authentication.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAgentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 | Chrome on Windows",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0 | Edge on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15 | Safari on macOS",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1 | Chrome on iPhone",
                "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet on Android",
                "curl/8.5.0 | curl",
                "Java-http-client/17.0.2 | Java-http-client",
            })
    void saysInShortWhatAClientIs(String userAgent, String words) {
        assertThat(ClientAgent.of(userAgent)).isEqualTo(words);
    }

    @Test
    void saysNothingOfAClientThatDoesNotSayWhatItIs() {
        assertThat(ClientAgent.of(null)).isEmpty();
        assertThat(ClientAgent.of("")).isEmpty();
        assertThat(ClientAgent.of("<script>")).isEmpty();
    }

    @Test
    void keepsNoNameOfAnyLength() {
        assertThat(ClientAgent.of("a".repeat(500))).hasSize(40);
    }
}
