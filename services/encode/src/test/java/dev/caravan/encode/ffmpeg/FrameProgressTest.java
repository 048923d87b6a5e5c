package dev.caravan.encode.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.bramp.ffmpeg.progress.Progress;
import org.junit.jupiter.api.Test;

class FrameProgressTest {

    private final List<Integer> reports = new ArrayList<>();
    private long now;

    @Test
    void reportsAtMostOnceASecondAndOnlyWhatGrew() {
        FrameProgress unit = unit(100);

        at(unit, 500, 10);
        at(unit, 1000, 20);
        at(unit, 1500, 30);
        at(unit, 2000, 40);
        at(unit, 3000, 40);
        at(unit, 4000, 41);

        assertThat(reports).containsExactly(20, 40, 41);
    }

    @Test
    void leavesTheHundredToTheEnd() {
        FrameProgress unit = unit(100);

        at(unit, 2000, 130);

        assertThat(reports).containsExactly(99);
    }

    @Test
    void staysQuietWhenTheLengthIsUnknown() {
        FrameProgress unit = unit(0);

        at(unit, 2000, 130);

        assertThat(reports).isEmpty();
    }

    private FrameProgress unit(long frames) {
        return new FrameProgress(frames, () -> now, reports::add);
    }

    private void at(FrameProgress unit, long millis, long frame) {
        now = TimeUnit.MILLISECONDS.toNanos(millis);
        Progress progress = new Progress();
        progress.frame = frame;
        unit.progress(progress);
    }
}
