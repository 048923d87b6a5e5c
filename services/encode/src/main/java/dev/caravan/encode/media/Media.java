package dev.caravan.encode.media;

import org.jspecify.annotations.Nullable;

/**
 * What of a file is shown and heard. Its time begins with the first of both, and is that of what the file holds, not of
 * what its header says.
 *
 * @param zero when that is in the time of the file, in seconds as ffmpeg counts them
 * @param video the picture; of {@link SurveyCommand#STILL} when {@code still}
 * @param still whether it is sound alone, with a picture that was made for it
 * @param audio the sound; null when there is none
 * @param losses what is known to be lost
 * @param closed gaps in the time of the file that are not in its own; from its beginning
 */
public record Media(
        double zero,
        VideoStream video,
        boolean still,
        @Nullable AudioStream audio,
        Losses losses,
        Gaps closed) {

    /** The length of the longest of both. */
    public double seconds() {
        return Math.max(video.span().end(), audio == null ? 0 : audio.span().end());
    }
}
