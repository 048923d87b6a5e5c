package dev.caravan.encode.media;

import java.util.List;
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
                0,
                "h264",
                width,
                height,
                pixelShape,
                rotation,
                new Ratio(25, 1),
                new Ratio(25, 1),
                false,
                Transfer.SDR,
                Colours.of("yuv420p", "", "", "", width, height),
                false,
                new Span(0, 30),
                0);
    }

    static VideoStream withRates(@Nullable Ratio average, @Nullable Ratio base, boolean interlaced) {
        return new VideoStream(
                0,
                "h264",
                640,
                360,
                Ratio.ONE,
                0,
                average,
                base,
                interlaced,
                Transfer.SDR,
                Colours.HD,
                false,
                new Span(0, 30),
                0);
    }

    static VideoStream of(Transfer transfer, Ratio rate) {
        return new VideoStream(
                2,
                "hevc",
                3840,
                2160,
                Ratio.ONE,
                0,
                rate,
                rate,
                false,
                transfer,
                Colours.HD,
                false,
                new Span(0, 30),
                0);
    }

    /** A plan for a video of this length with sound. */
    public static Plan plan(double seconds, List<Rung> rungs, Ratio rate) {
        VideoStream picture = of(64, 48).timed(new Span(0, seconds), 0, rate);
        return new Plan(media(picture, sound(0, seconds)), rungs, rate, null);
    }

    /** The same with another sound, in 5.1, in French. */
    public static Plan planWithTwoSounds(double seconds, List<Rung> rungs, Ratio rate) {
        Media one = plan(seconds, rungs, rate).media();
        AudioStream other =
                new AudioStream(2, 6, true, false, new AudioStream.Said("fr", "", true), new Span(0, seconds));
        Media two = new Media(0, one.video(), false, one.audio(), List.of(other), Losses.NONE, Gaps.NONE, List.of());
        return new Plan(two, rungs, rate, null);
    }

    static AudioStream sound(double start, double end) {
        return new AudioStream(1, 2, true, false, AudioStream.Said.NOTHING, new Span(start, end));
    }

    static Media media(VideoStream video, @Nullable AudioStream audio) {
        return new Media(0, video, false, audio, Losses.NONE, Gaps.NONE);
    }
}
