package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * What a file holds, as ffprobe reports it.
 *
 * @param container ffmpeg's names of the container, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param seconds its length as declared; null when unknown
 * @param video the picture
 * @param audio the sound; null when there is none
 */
public record Media(
        String container,
        @Nullable Double seconds,
        VideoStream video,
        @Nullable AudioStream audio) {

    /** The length that the picture or the sound declares, else the whole file; 0 when nothing is declared. */
    public double declaredSeconds() {
        double streams = Math.max(orZero(video.seconds()), audio == null ? 0 : orZero(audio.seconds()));
        return streams > 0 ? streams : orZero(seconds);
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
