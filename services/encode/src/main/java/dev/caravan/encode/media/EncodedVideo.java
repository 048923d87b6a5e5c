package dev.caravan.encode.media;

import java.util.List;

/**
 * What an encoding made.
 *
 * @param seconds its length
 * @param renditions largest first
 * @param warnings what of the file could not be read or shown, in sentences for the owner
 */
public record EncodedVideo(double seconds, List<Rendition> renditions, List<String> warnings) {

    /** The same, with these warnings. */
    public EncodedVideo withWarnings(List<String> sentences) {
        return new EncodedVideo(seconds, renditions, sentences);
    }

    /** Width of the largest rendition. */
    public int width() {
        return renditions.get(0).width();
    }

    /** Height of the largest rendition. */
    public int height() {
        return renditions.get(0).height();
    }
}
