package dev.caravan.encode;

import dev.caravan.embedded.FfmpegBinaries;
import org.junit.jupiter.api.condition.EnabledIf;

/** The same pictures are made by the machine's own ffmpeg. */
@EnabledIf("dev.caravan.encode.Encoders#hasSystem")
class PicturesOnSystemFfmpegIT extends PicturesIT {

    @Override
    FfmpegBinaries ffmpeg() {
        return Encoders.system();
    }
}
