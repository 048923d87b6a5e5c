package dev.caravan.encode.media;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found by reading a whole file.
 *
 * @param contents what it says
 * @param sound that was decoded; null for none
 * @param packets of the pictures and the sound, by the index of their stream
 * @param heard what came of the sound
 * @param further what came of the others
 * @param closed gaps that are not in these times any more
 * @param cutOff whether reading ended in the middle of something
 */
public record Survey(
        Contents contents,
        @Nullable AudioStream sound,
        Map<Integer, Times> packets,
        Times heard,
        FurtherSounds further,
        Gaps closed,
        boolean cutOff) {

    /** A picture of fewer than one in so many of the others' is a still one beside a moving one. */
    private static final int FEW = 5;

    private static final double LEAST_MISSING = 0.3;
    private static final int FEW_PACKETS = 2;
    static final Ratio STILL_RATE = new Ratio(5, 1);

    /** The picture to show, by what it holds: one that moves, then the one that is marked; null when there is none. */
    public @Nullable VideoStream picture() {
        int most = contents.pictures().stream()
                .mapToInt(picture -> times(picture.index()).count())
                .max()
                .orElse(0);
        // What could be decoded comes first; sorting keeps that.
        return contents.pictures().stream()
                .filter(picture -> times(picture.index()).count() > 0)
                .min(Comparator.comparing(
                                (VideoStream picture) -> times(picture.index()).count() < most / FEW)
                        .thenComparing(picture -> !picture.preferred()))
                .orElse(null);
    }

    /** Whether anything is heard. */
    public boolean hasSound() {
        return sound != null && heard.count() > 0;
    }

    /** The file with this picture of its own. */
    public Media withPicture(VideoStream picture) {
        Times seen = times(picture.index());
        Span seenAt = seen.span();
        Span heardAt = heard.span();
        double zero = hasSound() ? Math.min(seenAt.start(), heardAt.start()) : seenAt.start();
        Ratio rate = seen.rate(picture.baseRate(), picture.averageRate());
        double missing = Math.max(
                missing(picture.index(), seenAt), hasSound() && sound != null ? missing(sound.index(), heardAt) : 0);
        Media media = new Media(
                zero,
                picture.timed(seenAt.earlierBy(zero), seen.firstOwn() - zero, rate),
                false,
                sound(zero),
                new Losses(List.of(), lostSound(zero), holes(seen, zero), missing, 0, isSilenced(), 0),
                closed.earlierBy(zero));
        return media.with(further);
    }

    /**
     * Sound alone.
     *
     * @param width of the picture that was made for it
     * @param height of it
     */
    public Media withStill(int width, int height) {
        Span heardAt = heard.span();
        VideoStream still = new VideoStream(
                0,
                "png",
                width,
                height,
                Ratio.ONE,
                0,
                STILL_RATE,
                STILL_RATE,
                false,
                Transfer.SDR,
                Colours.HD,
                true,
                new Span(0, heardAt.length()),
                0);
        double missing = sound == null ? 0 : missing(sound.index(), heardAt);
        Media media = new Media(
                heardAt.start(),
                still,
                true,
                sound(heardAt.start()),
                new Losses(List.of(), lostSound(heardAt.start()), List.of(), missing, 0, false, 0),
                closed.earlierBy(heardAt.start()));
        return media.with(further);
    }

    private @Nullable AudioStream sound(double zero) {
        return sound == null || heard.count() == 0
                ? null
                : sound.at(heard.span().earlierBy(zero));
    }

    private List<Span> lostSound(double zero) {
        return sound == null || heard.count() == 0
                ? List.of()
                : Losses.between(times(sound.index()), heard).stream()
                        .map(span -> span.earlierBy(zero))
                        .toList();
    }

    /** What was not recorded. Other files may have a picture that stands where these have none. */
    private List<Span> holes(Times seen, double zero) {
        return contents.isStream()
                ? seen.holes().stream().map(span -> span.earlierBy(zero)).toList()
                : List.of();
    }

    /** Whether there is a sound, and none that could be decoded. */
    private boolean isSilenced() {
        return !hasSound()
                && (sound == null
                        ? !contents.sounds().isEmpty()
                        : times(sound.index()).count() > 0);
    }

    /**
     * Seconds that a stream lacks of what is declared. MP4 lists its packets, so that some are known to be missing;
     * others say only how long they are, which counts when they end in the middle of something.
     */
    private double missing(int stream, Span there) {
        Contents.Declared declared = contents.declared().getOrDefault(stream, new Contents.Declared(0, 0));
        boolean listed = contents.container().startsWith("mov") && declared.packets() > 0;
        long packets = times(stream).packets();
        double missing = declared.seconds() - there.length();
        boolean cut = listed ? packets < declared.packets() - FEW_PACKETS : cutOff;
        if (!cut || missing < LEAST_MISSING) {
            return 0;
        }
        // The header's length may be a lie; how many packets it lists is not.
        return listed && packets > 0
                ? Math.min(missing, there.length() * (declared.packets() - packets) / packets)
                : missing;
    }

    private Times times(int stream) {
        return packets.getOrDefault(stream, new Times());
    }
}
