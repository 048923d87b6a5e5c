package dev.caravan.encode.media;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a file says that it holds.
 *
 * @param container ffmpeg's names of the container, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param pictures its moving pictures
 * @param sounds in the order in which to try them
 * @param cover the picture that belongs to a sound; null when there is none
 * @param declared by the index of a stream: how long it is said to be, and of how many packets
 */
public record Contents(
        String container,
        List<VideoStream> pictures,
        List<AudioStream> sounds,
        @Nullable VideoStream cover,
        Map<Integer, Declared> declared) {

    /**
     * What the header says of a stream, true or not.
     *
     * @param seconds its length; 0 when unknown
     * @param packets 0 when unknown
     */
    public record Declared(double seconds, long packets) {}

    /** Of what there is too much of, the rest is left aside. */
    private static final int MOST_PICTURES = 8;

    /** How many sounds of a file are kept. */
    public static final int MOST_SOUNDS = 8;

    /**
     * Which sounds to read at once: the most first, and when that turns out not to work, the next.
     *
     * @param samples what could be decoded of the beginning
     */
    public List<List<AudioStream>> readings(Samples samples) {
        if (sounds.isEmpty()) {
            return List.of(List.of());
        }
        List<AudioStream> all = sounds.subList(0, Math.min(sounds.size(), MOST_SOUNDS));
        AudioStream first = all.get(0);
        List<AudioStream> sampled = all.stream()
                .filter(sound -> sound == first || samples.has(sound.index()))
                .toList();
        Stream<List<AudioStream>> readings = Stream.of(all, sampled, List.of(first));
        // A picture is shown without the sound that nothing can be made of.
        return (pictures.isEmpty() ? readings : Stream.concat(readings, Stream.of(List.<AudioStream>of())))
                .distinct()
                .toList();
    }

    /** The same with one sound, in stereo. */
    public Contents withOneSound() {
        return new Contents(
                container,
                pictures,
                sounds.stream().limit(1).map(AudioStream::stereo).toList(),
                cover,
                declared);
    }

    /** Whether it is a transport or program stream of MPEG, in which each picture is sent at its time. */
    public boolean isStream() {
        return container.startsWith("mpeg");
    }

    /** The same in the light of what could be decoded: sizes as they are, and in front what a decoder understands. */
    public Contents sampled(Samples samples) {
        Comparator<Integer> decoded = Comparator.comparing(index -> !samples.has(index));
        return new Contents(
                container,
                pictures.stream()
                        .map(samples::sized)
                        .filter(picture -> picture.width() > 0 && picture.height() > 0)
                        .sorted(Comparator.comparing(VideoStream::index, decoded))
                        .limit(MOST_PICTURES)
                        .toList(),
                sounds.stream()
                        .sorted(Comparator.comparing(AudioStream::index, decoded))
                        .toList(),
                cover == null ? null : samples.sized(cover),
                declared);
    }
}
