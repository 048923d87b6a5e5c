package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Rendition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a manifest offers.
 *
 * @param seconds as declared
 * @param longestSegment seconds, as declared
 * @param tracks in the manifest's order
 */
public record Presentation(double seconds, double longestSegment, List<Track> tracks) {

    List<Track> pictures() {
        return tracks.stream().filter(Track::picture).toList();
    }

    List<Track> sounds() {
        return tracks.stream().filter(track -> !track.picture()).toList();
    }

    /** Where the longest track ends, in seconds. */
    double end() {
        return tracks.stream().mapToDouble(Track::end).max().orElse(0);
    }

    /** What is told of it; without warnings. */
    public EncodedVideo encoded() {
        // Of several one is heard, the first unless its viewer chooses another.
        long soundBitrate =
                sounds().stream().mapToLong(Track::bitrate).findFirst().orElse(0);
        String soundCodecs =
                sounds().stream().map(track -> "," + track.codecs()).distinct().collect(Collectors.joining());
        List<Rendition> renditions = pictures().stream()
                .map(track -> new Rendition(
                        track.width(), track.height(), track.bitrate() + soundBitrate, track.codecs() + soundCodecs))
                .toList();
        return new EncodedVideo(end(), 0, renditions, List.of(), List.of());
    }
}
