package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * A part of a video that is read by itself.
 *
 * @param input what is read
 * @param zero when the video begins, in the time of the part
 * @param video its picture, in the time of the video; null when it has none
 * @param audio its sound, in the time of the video; null when it has none
 */
public record Piece(
        Input input,
        double zero,
        @Nullable VideoStream video,
        @Nullable AudioStream audio) {}
