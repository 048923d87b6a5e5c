package dev.caravan.encode.presentation;

/**
 * One file of a track.
 *
 * @param file name, in the folder of the manifests
 * @param start ticks of the track's timescale from the beginning of the presentation
 * @param duration ticks
 */
public record Segment(String file, long start, long duration) {

    long end() {
        return start + duration;
    }
}
