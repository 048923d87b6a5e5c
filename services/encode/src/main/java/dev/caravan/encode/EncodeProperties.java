package dev.caravan.encode;

import dev.caravan.encode.ffmpeg.Caps;
import dev.caravan.encode.ffmpeg.JailMode;
import dev.caravan.encode.media.EncodingStyle;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of the service; config/encode.yaml says what each value means and holds the defaults.
 *
 * @param ffmpeg program
 * @param ffprobe program
 * @param ffmpegEnvironment variables that both are given beside PATH
 * @param niceness of both
 * @param jail whether both have to run in one
 * @param workFolder root of the folders where files are while a video is encoded
 * @param concurrency how many videos are encoded at once on this worker
 * @param lease how long a worker holds a job without renewing that
 * @param maxMessageSize of a message that is acted on
 * @param storeThreads how many files are stored at once
 * @param probeTimeout how long ffprobe may take
 * @param timeout how long ffmpeg may take
 * @param maxMemory that one of them may take
 * @param maxThreads that one of them may have
 * @param maxOutput that one of them may write
 * @param minFreeDisk that has to stay free where the work folder is
 * @param maxSize of a raw file
 * @param maxDuration of a video
 * @param maxPixels of one picture
 * @param maxThumbnailSize of a picture that the owner sent
 * @param maxThumbnailPixels of it
 * @param maxLostPicture the share of the picture that may be lost, 0 to 1
 * @param maxLostSound the share of the sound that may be lost, 0 to 1
 * @param ladder the sizes
 * @param firstRenditions how many of the smallest sizes are made before the others, and played meanwhile
 * @param style how each is encoded
 */
@ConfigurationProperties("encode")
public record EncodeProperties(
        String ffmpeg,
        String ffprobe,
        @DefaultValue Map<String, String> ffmpegEnvironment,
        int niceness,
        JailMode jail,
        Path workFolder,
        int concurrency,
        Duration lease,
        DataSize maxMessageSize,
        int storeThreads,
        Duration probeTimeout,
        Duration timeout,
        DataSize maxMemory,
        int maxThreads,
        DataSize maxOutput,
        DataSize minFreeDisk,
        DataSize maxSize,
        Duration maxDuration,
        long maxPixels,
        DataSize maxThumbnailSize,
        long maxThumbnailPixels,
        double maxLostPicture,
        double maxLostSound,
        List<Ladder.Step> ladder,
        int firstRenditions,
        EncodingStyle style) {

    /** What is accepted. */
    public Limits limits() {
        return new Limits(maxSize.toBytes(), maxDuration, maxPixels, maxLostPicture, maxLostSound);
    }

    /** What a program may have, for this long. */
    public Caps caps(Duration time) {
        return new Caps(time, maxMemory.toBytes(), maxThreads, maxOutput.toBytes(), minFreeDisk.toBytes());
    }
}
