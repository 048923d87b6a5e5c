package dev.caravan.encode.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailSizeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1920 x 1080  | 1280:1280x720 640:640x360 320:320x180",
                "1280 x 720   | 1280:1280x720 640:640x360 320:320x180",
                "1000 x 500   | 1280:1000x500 640:640x320 320:320x160",
                "640 x 640    | 640:640x640 320:320x320",
                "500 x 400    | 640:500x400 320:320x256",
                "320 x 200    | 320:320x200",
                "1 x 1        | 320:1x1",
                "1080 x 2340  | 1280:1080x2340 640:640x1387 320:320x693",
                "100 x 30000  | 1280:13x3840 640:6x1920 320:3x960",
                "30000 x 3    | 1280:1280x1 640:640x1 320:320x1",
            })
    void areNoLargerThanThePictureAndNeverTheSame(String picture, String sizes) {
        int[] sides =
                Stream.of(picture.split(" x ")).mapToInt(Integer::parseInt).toArray();

        assertThat(ThumbnailSize.of(sides[0], sides[1]))
                .extracting(size -> size.name() + ":" + size.width() + "x" + size.height())
                .containsExactly(sizes.split(" "));
    }
}
