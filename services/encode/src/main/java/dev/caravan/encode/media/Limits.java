package dev.caravan.encode.media;

import java.time.Duration;

/**
 * What is accepted.
 *
 * @param bytes of the raw file
 * @param duration of the video
 * @param pixels of one picture
 * @param lostPicture the share of the picture that may be lost, 0 to 1
 * @param lostSound the share of the sound that may be lost, 0 to 1
 */
public record Limits(long bytes, Duration duration, long pixels, double lostPicture, double lostSound) {

    /** Throws when a raw file of this size is not accepted. */
    public void checkSize(long size) {
        if (size == 0) {
            throw Refusal.EMPTY.fault();
        }
        if (size > bytes) {
            throw Refusal.TOO_LARGE.fault(inWords(size), inWords(bytes));
        }
    }

    /** Throws when the video is not accepted for what it holds. */
    public void check(Media media) {
        checkDuration(media.seconds());
        VideoStream video = media.video();
        Ratio rate = video.averageRate();
        if (rate != null) {
            // One picture that stands for ages, of which no end is found because reading ends before.
            checkDuration(1 / rate.value());
        }
        if ((long) video.width() * video.height() > pixels
                || video.shownWidth() * (long) video.shownHeight() > pixels) {
            throw Refusal.PICTURE_TOO_LARGE.fault(video.width(), video.height());
        }
        if (video.shownWidth() < Ladder.SMALLEST_SIDE || video.shownHeight() < Ladder.SMALLEST_SIDE) {
            throw Refusal.NO_PICTURE.fault();
        }
    }

    /** Throws when a video of this length is not accepted. */
    public void checkDuration(double seconds) {
        if (seconds > duration.toSeconds()) {
            throw Refusal.TOO_LONG.fault(inWords(Duration.ofSeconds((long) seconds)), inWords(duration));
        }
    }

    private static String inWords(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return (value == Math.rint(value) ? Long.toString((long) value) : "%.1f".formatted(value)) + " " + units[unit];
    }

    private static String inWords(Duration duration) {
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
