package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * A picture of a file.
 *
 * @param index of the stream in its file
 * @param codec as ffmpeg names it
 * @param width of the stored picture, in its own pixels; of the largest one when it changes
 * @param height of the stored picture
 * @param pixelShape width to height of one pixel
 * @param rotation clockwise or not, in degrees: 0, 90, 180 or 270
 * @param averageRate frames a second over the whole length; null when unknown
 * @param baseRate the lowest rate that all time stamps fit; null when unknown
 * @param interlaced whether a frame is two fields
 * @param transfer dynamic range
 * @param colours how its numbers stand for colours
 * @param preferred whether the file marks it as the one to play
 * @param span when it is seen
 * @param from when the first picture is that needs no other
 */
public record VideoStream(
        int index,
        String codec,
        int width,
        int height,
        Ratio pixelShape,
        int rotation,
        @Nullable Ratio averageRate,
        @Nullable Ratio baseRate,
        boolean interlaced,
        Transfer transfer,
        Colours colours,
        boolean preferred,
        Span span,
        double from) {

    /** Width as it is shown: upright, with square pixels. */
    public int shownWidth() {
        return onItsSide() ? height : squareWidth();
    }

    /** Height as it is shown: upright, with square pixels. */
    public int shownHeight() {
        return onItsSide() ? squareWidth() : height;
    }

    private boolean onItsSide() {
        return rotation == 90 || rotation == 270;
    }

    private int squareWidth() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(width * pixelShape.value())));
    }

    /** The same with the largest of its sizes. */
    VideoStream sized(int largestWidth, int largestHeight) {
        return new VideoStream(
                index,
                codec,
                largestWidth,
                largestHeight,
                pixelShape,
                rotation,
                averageRate,
                baseRate,
                interlaced,
                transfer,
                colours,
                preferred,
                span,
                from);
    }

    /** The same with what its packets say about its time. */
    VideoStream timed(Span when, double firstOwn, @Nullable Ratio rate) {
        return new VideoStream(
                index,
                codec,
                width,
                height,
                pixelShape,
                rotation,
                rate == null ? averageRate : rate,
                rate == null ? baseRate : rate,
                interlaced,
                transfer,
                colours,
                preferred,
                when,
                firstOwn);
    }
}
