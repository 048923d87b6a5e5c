package dev.caravan.encode.presentation;

import java.util.List;

/**
 * A picture of one size, or a sound: a Representation of DASH, a playlist of HLS.
 *
 * @param id as the DASH manifest names it
 * @param picture whether it is one
 * @param width pixels; 0 of a sound
 * @param height pixels; 0 of a sound
 * @param channels of a sound; 0 of a picture
 * @param language of a sound, BCP 47; empty when it is not said
 * @param bitrate bits a second at most
 * @param codecs as in RFC 6381
 * @param timescale ticks a second
 * @param init name of the file that a player needs before any segment
 * @param segments in their order; none when the track turned out empty
 */
public record Track(
        String id,
        boolean picture,
        int width,
        int height,
        int channels,
        String language,
        long bitrate,
        String codecs,
        long timescale,
        String init,
        List<Segment> segments) {

    /** Where it ends, in seconds from the beginning of the presentation. */
    public double end() {
        return segments.isEmpty() ? 0 : seconds(last().end());
    }

    /** The sum of its segments, in seconds. */
    double length() {
        return seconds(segments.stream().mapToLong(Segment::duration).sum());
    }

    double seconds(long ticks) {
        return (double) ticks / timescale;
    }

    /** Its first segment. */
    public Segment first() {
        return segments.get(0);
    }

    /** Its last segment. */
    public Segment last() {
        return segments.get(segments.size() - 1);
    }

    /** What it is called in a sentence. */
    public String name() {
        return picture ? width + "x" + height : "the sound";
    }
}
