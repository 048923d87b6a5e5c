package dev.caravan.encode.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {

    static final Ladder LADDER = new Ladder(List.of(
            new Ladder.Step(240, 400_000),
            new Ladder.Step(1080, 5_000_000),
            new Ladder.Step(720, 2_800_000),
            new Ladder.Step(480, 1_400_000),
            new Ladder.Step(360, 800_000)));

    @ParameterizedTest(name = "{0}x{1} pixels {2} turned {3}")
    @CsvSource(delimiter = '|', textBlock = """
                    1920 | 1080 | 1:1   | 0   | 1920x1080 1280x720 854x480 640x360 426x240
                    3840 | 2160 | 1:1   | 0   | 1920x1080 1280x720 854x480 640x360 426x240
                    1280 | 720  | 1:1   | 0   | 1280x720 854x480 640x360 426x240
                    854  | 480  | 1:1   | 0   | 854x480 640x360 426x240
                    640  | 360  | 1:1   | 0   | 640x360 426x240
                    426  | 240  | 1:1   | 0   | 426x240
                    256  | 144  | 1:1   | 0   | 256x144
                    16   | 16   | 1:1   | 0   | 16x16
                    1440 | 900  | 1:1   | 0   | 1440x900 1152x720 768x480 576x360 384x240
                    1920 | 1088 | 1:1   | 0   | 1906x1080 1270x720 848x480 636x360 424x240
                    800  | 500  | 1:1   | 0   | 800x500 576x360 384x240
                    1920 | 800  | 1:1   | 0   | 1920x800 1728x720 1152x480 864x360 576x240
                    321  | 241  | 1:1   | 0   | 320x240
                    853  | 479  | 1:1   | 0   | 852x478 642x360 428x240
                    1080 | 1920 | 1:1   | 0   | 1080x1920 720x1280 480x854 360x640 240x426
                    1920 | 1080 | 1:1   | 90  | 1080x1920 720x1280 480x854 360x640 240x426
                    1920 | 1080 | 1:1   | 270 | 1080x1920 720x1280 480x854 360x640 240x426
                    1920 | 1080 | 1:1   | 180 | 1920x1080 1280x720 854x480 640x360 426x240
                    720  | 576  | 64:45 | 0   | 1024x576 854x480 640x360 426x240
                    720  | 480  | 8:9   | 0   | 640x480 480x360 320x240
                    720  | 720  | 1:1   | 0   | 720x720 480x480 360x360 240x240
                    12000| 1000 | 1:1   | 0   | 4092x340 2880x240
                    """)
    void startsAtTheOwnSizeAndNeverScalesUp(int width, int height, String pixels, int rotation, String sizes) {
        Ratio shape = Ratio.parse(pixels);

        List<Rung> rungs =
                LADDER.rungs(Videos.of(width, height, shape == null ? Ratio.ONE : shape, rotation), new Ratio(25, 1));

        assertThat(rungs.stream()
                        .map(rung -> rung.width() + "x" + rung.height())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(sizes);
        assertThat(rungs).allSatisfy(rung -> {
            assertThat(rung.width() % 2).isZero();
            assertThat(rung.height() % 2).isZero();
        });
    }

    @Test
    void givesEachStepItsBitrateAndSizesBetweenThemOneBetween() {
        assertThat(LADDER.rungs(Videos.of(1920, 1080), new Ratio(25, 1)))
                .extracting(Rung::bitrate)
                .containsExactly(5_000_000, 2_800_000, 1_400_000, 800_000, 400_000);
        assertThat(LADDER.rungs(Videos.of(1440, 900), new Ratio(25, 1)).get(0).bitrate())
                .isBetween(2_800_000, 5_000_000);
        assertThat(LADDER.rungs(Videos.of(256, 144), new Ratio(25, 1)).get(0).bitrate())
                .isEqualTo(144_000);
        assertThat(LADDER.rungs(Videos.of(16, 16), new Ratio(25, 1)).get(0).bitrate())
                .isEqualTo(64_000);
    }

    @Test
    void givesManyFramesMoreBits() {
        assertThat(LADDER.rungs(Videos.of(640, 360), new Ratio(60, 1)).get(0).bitrate())
                .isEqualTo(1_120_000);
    }

    @Test
    void needsAStep() {
        assertThatThrownBy(() -> new Ladder(List.of())).hasMessageContaining("encode.ladder");
    }
}
