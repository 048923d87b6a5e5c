package dev.caravan.encode;

import dev.caravan.embedded.FfmpegBinaries;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same is published by workers with the machine's own ffmpeg. */
@EnabledIf("dev.caravan.encode.Encoders#hasSystem")
class ThumbnailsOnSystemFfmpegIT extends ThumbnailsIT {

    @Override
    FfmpegBinaries ffmpeg() {
        return Encoders.system();
    }
}
