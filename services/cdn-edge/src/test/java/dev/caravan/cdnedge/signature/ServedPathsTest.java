package dev.caravan.cdnedge.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.kernel.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedPathsTest {

    private final ServedPaths paths = new ServedPaths(List.of("encoded-videos/", "thumbnails/"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/encoded-videos/0b6c/master.mpd",
                "/encoded-videos/0b6c/2/master.mpd",
                "/encoded-videos/0b6c/v/0/seg-1.m4s",
                "/thumbnails/8d0e7a5c-0001",
                "/thumbnails/..a"
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
                "/thumbnails",
                "/thumbnails/",
                "/thumbnails//x",
                "//thumbnails/x",
                "/thumbnails/../raw-videos/x",
                "/thumbnails/..",
                "/thumbnails/./x",
                "/thumbnails/%2e%2e/raw-videos/x",
                "/thumbnails/..%2fraw-videos/x",
                "/thumbnails%2Fx",
                "/thumbnails/%252e%252e/x",
                "/thumbnails/x%00",
                "/thumbnails/x\u0000",
                "/thumbnails/a\\..\\b",
                "/thumbnails/x;jsessionid=1",
                "/thumbnails/a b",
                "/thumbnails/é",
                "/THUMBNAILS/x",
                "/thumbnailsx/y"
            })
    void refusesEverythingElse(String path) {
        assertRefused(path);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_025, 100_000})
    void refusesPathsLongerThanAKey(int length) {
        assertRefused("/thumbnails/" + "a/".repeat(length / 2) + "a");
    }

    private void assertRefused(String path) {
        assertThatThrownBy(() -> paths.check(path))
                .isInstanceOf(Fault.class)
                .extracting(fault -> ((Fault) fault).reason())
                .isEqualTo("PATH");
    }
}
