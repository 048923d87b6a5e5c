package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "*, ''",
        "*, anything/at?all",
        "a, a",
        "a*, a",
        "*a, a",
        "a?c, abc",
        "a*c, ac",
        "a*c, abcbc",
        "a**c, abc",
        "http://h/v1/*, http://h/v1/",
        "http://h/v1/*, http://h/v1/x/y.m4s",
        "http*://h/*.m4s?x=*, https://h/a.m4s?x=1",
        "*?, a",
        "?*?, ab"
    })
    void matches(String pattern, String text) {
        assertThat(Wildcard.matches(pattern, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', a",
        "a, ''",
        "a, b",
        "a, A",
        "a, aa",
        "a?, a",
        "?, ''",
        "a*b, ac",
        "http://h/v1/*, http://h/v1",
        "http://h/v1/*, http://h/v10/x",
        "h.x/*, hax/y"
    })
    void doesNotMatch(String pattern, String text) {
        assertThat(Wildcard.matches(pattern, text)).isFalse();
    }

    @Test
    void doesNotExplode() {
        Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(Wildcard.matches("*a".repeat(500) + "b", "a".repeat(4000)))
                        .isFalse());
    }
}
