package dev.caravan.standalone;

import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A few seconds of moving picture with a running clock, and a tone. */
final class DemoClip {

    private static final int SECONDS = 6;

    private DemoClip() {}

    /** @throws UsageException when ffmpeg can't write it */
    static Path make(FfmpegBinaries ffmpeg, Path file) throws InterruptedException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                ffmpeg.ffmpeg().toString(),
                "-nostdin",
                "-y",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1280x720:rate=30:duration=" + SECONDS,
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000:duration=" + SECONDS,
                "-c:v",
                "libx264",
                "-preset",
                "ultrafast",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-shortest",
                file.toString()));
        command.environment().putAll(ffmpeg.environment());
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = command.start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new UsageException("ffmpeg could not write the demo clip " + file + ".");
            }
            return file;
        } catch (IOException e) {
            throw new UsageException("ffmpeg could not be started: " + e.getMessage());
        }
    }
}
