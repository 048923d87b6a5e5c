package dev.caravan.chaos;

import dev.caravan.embedded.FfmpegBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What is uploaded.
 *
 * @param good nine seconds of moving picture: three segments
 * @param bad the same, cut off
 */
record Clips(byte[] good, byte[] bad) {

    static Clips make(Path folder) throws IOException, InterruptedException {
        FfmpegBinaries ffmpeg = FfmpegBinaries.locate(folder.resolve("ffmpeg"));
        Path file = folder.resolve("clip.mp4");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ffmpeg.ffmpeg().toString(),
                        "-nostdin",
                        "-y",
                        "-v",
                        "error",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=160x120:rate=10:duration=9",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-pix_fmt",
                        "yuv420p",
                        file.toString()))
                .redirectErrorStream(true);
        builder.environment().putAll(ffmpeg.environment());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg made no clip: " + said);
        }
        byte[] good = Files.readAllBytes(file);
        return new Clips(good, Arrays.copyOf(good, good.length / 2));
    }
}
