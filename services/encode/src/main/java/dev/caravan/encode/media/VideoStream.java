package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * The moving picture of a file.
 *
 * @param index of the stream in its file
 * @param width of the stored picture, in its own pixels
 * @param height of the stored picture
 * @param pixelShape width to height of one pixel
 * @param rotation clockwise or not, in degrees: 0, 90, 180 or 270
 * @param averageRate frames a second over the whole length; null when unknown
 * @param baseRate the lowest rate that all time stamps fit; null when unknown
 * @param interlaced whether a frame is two fields
 * @param transfer dynamic range
 * @param seconds its length as declared; null when unknown
 */
public record VideoStream(
        int index,
        int width,
        int height,
        Ratio pixelShape,
        int rotation,
        @Nullable Ratio averageRate,
        @Nullable Ratio baseRate,
        boolean interlaced,
        Transfer transfer,
        @Nullable Double seconds) {

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
}
