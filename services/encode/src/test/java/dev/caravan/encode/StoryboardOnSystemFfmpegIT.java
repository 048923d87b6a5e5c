package dev.caravan.encode;

import dev.caravan.embedded.FfmpegBinaries;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same is made by workers with the machine's own ffmpeg. */
@EnabledIf("dev.caravan.encode.Encoders#hasSystem")
class StoryboardOnSystemFfmpegIT extends StoryboardIT {

    @Override
    FfmpegBinaries ffmpeg() {
        return Encoders.system();
    }
}
