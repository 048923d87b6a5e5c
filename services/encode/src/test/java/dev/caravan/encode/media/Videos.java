package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/** Videos for tests. */
public final class Videos {

    private Videos() {}

    /** Upright, square pixels, 25 frames a second, 30 seconds. */
    public static VideoStream of(int width, int height) {
        return of(width, height, Ratio.ONE, 0);
    }

    static VideoStream of(int width, int height, Ratio pixelShape, int rotation) {
        return new VideoStream(
                0, width, height, pixelShape, rotation, new Ratio(25, 1), new Ratio(25, 1), false, Transfer.SDR, 30.0);
    }

    static VideoStream withRates(@Nullable Ratio average, @Nullable Ratio base, boolean interlaced) {
        return new VideoStream(0, 640, 360, Ratio.ONE, 0, average, base, interlaced, Transfer.SDR, 30.0);
    }

    static Media media(VideoStream video, @Nullable AudioStream audio) {
        return new Media("mov,mp4,m4a,3gp,3g2,mj2", video.seconds(), video, audio);
    }
}
