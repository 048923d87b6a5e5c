package dev.caravan.videocatalog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(ints = {0, 2})
    void isReadAsItWasWritten(@Nullable Integer tier) {
        Cursor cursor = new Cursor(tier, Instant.parse("2026-01-02T03:04:05.678901Z"), 1L << 40);

        assertThat(cursor.toString()).matches("[A-Za-z0-9_-]{1,100}");
        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
    }

    @Test
    void isReadAsTheFormerVersionWroteIt() {
        assertThat(Cursor.parse("MjAyNi0wMS0wMlQwMzowNDowNVogMw"))
                .isEqualTo(new Cursor(null, Instant.parse("2026-01-02T03:04:05Z"), 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05Z ",
                "2026-01-02T03:04:05Z x",
                "2026-01-02T03:04:05Z 9223372036854775808",
                "2026-01-02T03:04:05Z 3 x",
                "2026-01-02T03:04:05Z 3 ",
                "2026-01-02T03:04:05Z 3 -1",
                "2026-01-02T03:04:05Z 3 3",
                "2026-01-02T03:04:05Z 3 0 0",
                "2026-01-02 3",
                "infinity 3",
                "0000-12-31T23:59:59Z 3",
                "-0001-01-01T00:00:00Z 3",
                "+10000-01-01T00:00:00Z 3",
                "' OR true -- 3"
            })
    void takesNoOther(String plain) {
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8))))
                .isNull();
    }

    @Test
    void takesNothingThatIsNotWrittenAsOne() {
        assertThat(Cursor.parse("not base64!")).isNull();
        assertThat(Cursor.parse("\u2764")).isNull();
        assertThat(Cursor.parse("A".repeat(101))).isNull();
    }
}
