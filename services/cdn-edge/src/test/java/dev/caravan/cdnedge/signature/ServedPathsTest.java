package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedPathsTest {

    private final ServedPaths paths = new ServedPaths(List.of("encoded-videos/", "shown/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/encoded-videos/0b6c/master.mpd",
                "/encoded-videos/0b6c/2/master.mpd",
                "/encoded-videos/0b6c/v/0/seg-1.m4s",
                "/shown/8d0e7a5c-0001",
                "/shown/..a"
            })
    void allowsWhatIsServed(String path) {
        assertThatCode(() -> paths.check(path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "encoded-videos/x",
                "/raw-videos/x",
                "/thumbnails/x",
                "/shown",
                "/shown/",
                "/shown//x",
                "//shown/x",
                "/shown/../raw-videos/x",
                "/shown/..",
                "/shown/./x",
                "/shown/%2e%2e/raw-videos/x",
                "/shown/..%2fraw-videos/x",
                "/shown%2Fx",
                "/shown/%252e%252e/x",
                "/shown/x%00",
                "/shown/x\u0000",
                "/shown/a\\..\\b",
                "/shown/x;jsessionid=1",
                "/shown/a b",
                "/shown/é",
                "/SHOWN/x",
                "/shownx/y"
            })
    void refusesEverythingElse(String path) {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 100_000})
    void refusesPathsLongerThanAKey(int length) {
        assertRefused("/shown/" + "a/".repeat(length / 2) + "a");
    }

    private void assertRefused(String path) {
        assertThatThrownBy(() -> paths.check(path))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).reason())
                .isEqualTo("PATH");
    }
}
