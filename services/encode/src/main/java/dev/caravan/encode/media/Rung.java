package dev.caravan.encode.media;

/**
 * One of the sizes that a video is encoded in.
 *
 * @param width even
 * @param height even
 * @param bitrate the most bits a second of picture
 */
public record Rung(int width, int height, int bitrate) {

    /** The side that names it: 720 for 1280x720 and for 720x1280. */
    public int shortSide() {
        return Math.min(width, height);
    }
}
