package dev.caravan.encode.media;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be made of a video.
 *
 * @param media the video
 * @param rungs sizes, largest first
 * @param rate frames a second of every size; constant
 * @param posterSecond where the poster is taken; null for none
 * @param sounds to choose from
 */
public record Plan(
        Media media, List<Rung> rungs, Ratio rate, @Nullable Double posterSecond, List<SoundRendition> sounds) {

    private static final double LATEST_POSTER = 10;
    private static final double EARLY = 0.1;
    private static final double FAR_ABOVE = 1.9;
    static final double CLOSE = 0.02;
    private static final int SLACK_SECONDS = 60;
    private static final long SLACK_BYTES = 64L << 20;
    private static final Ratio FALLBACK = new Ratio(25, 1);
    private static final Ratio SLOWEST = Ratio.ONE;
    private static final List<Ratio> USUAL = List.of(
            new Ratio(24000, 1001),
            new Ratio(24, 1),
            new Ratio(25, 1),
            new Ratio(30000, 1001),
            new Ratio(30, 1),
            new Ratio(50, 1),
            new Ratio(60000, 1001),
            new Ratio(60, 1));

    /** With all the sounds of the video. */
    Plan(Media media, List<Rung> rungs, Ratio rate, @Nullable Double posterSecond) {
        this(media, rungs, rate, posterSecond, SoundRendition.of(media));
    }

    /** Plans for a video that is within the limits. */
    public static Plan of(Media media, Ladder ladder, int maxFrameRate, boolean poster) {
        Ratio rate = rate(media.video(), maxFrameRate);
        Double posterSecond = poster ? Math.min(LATEST_POSTER, media.seconds() * EARLY) : null;
        return new Plan(media, ladder.rungs(media.video(), rate), rate, posterSecond);
    }

    /**
     * How long the last picture stands still while the sound goes on. Without it manifests would end with the picture
     * and players not play the rest. 0 when it is no longer than a frame.
     */
    public double stillSeconds() {
        AudioStream audio = media.audio();
        double still =
                audio == null ? 0 : audio.span().end() - media.video().span().end();
        return still * rate.value() > 1 ? still : 0;
    }

    /**
     * The same in the order in which it is made.
     *
     * @param first how many of the smallest sizes are made before all others, with the sounds; 0 for all at once, of which
     *     nothing is played before it is done
     */
    public List<RenditionGroup> groups(int first) {
        if (first <= 0) {
            return List.of(new RenditionGroup(this, "", false));
        }
        if (first >= rungs.size()) {
            return List.of(new RenditionGroup(this, "", true));
        }
        int rest = rungs.size() - first;
        return List.of(
                new RenditionGroup(
                        new Plan(media, rungs.subList(rest, rungs.size()), rate, null, sounds),
                        RenditionGroup.FIRST,
                        true),
                new RenditionGroup(new Plan(media, rungs.subList(0, rest), rate, posterSecond, List.of()), "", false));
    }

    /** Those of the video; of parts that may differ, and of high dynamic range, those that every screen has. */
    Colours colours() {
        boolean own = media.pieces().isEmpty() && media.video().transfer() == Transfer.SDR;
        return own ? media.video().colours() : Colours.HD;
    }

    /** How many frames each size will have. */
    public long frames() {
        return Math.round(media.seconds() * rate.value());
    }

    /**
     * The most that all sizes together can come to, generously: twice as long as the video, the bitrates doubled by
     * manifests, short files and the poster. More comes only of a video that is not what it seems.
     *
     * @param longest that a video may be
     */
    public long mostBytes(Duration longest, EncodingStyle style) {
        double seconds = longest.toSeconds() + 1.0;
        seconds = Math.min(seconds, 2 * media.seconds() + SLACK_SECONDS);
        // Where there is no sound, too.
        long sound = Math.max(
                style.audioBitrate(),
                sounds().stream().mapToLong(each -> each.bitrate(style)).sum());
        long bitrate = sound + rungs.stream().mapToLong(Rung::bitrate).sum();
        return SLACK_BYTES + (long) (2 * seconds * bitrate / Byte.SIZE);
    }

    /**
     * A constant rate that keeps every frame of a steady video, and most of an unsteady one (phones, screen
     * recordings), whose base rate is the finest step between its frames.
     */
    private static Ratio rate(VideoStream video, int maxFrameRate) {
        Ratio average = video.averageRate();
        Ratio base = video.baseRate();
        Ratio rate = FALLBACK;
        if (base != null && base.value() <= maxFrameRate && !(average != null && isDoubled(video, base, average))) {
            rate = base;
        } else if (average != null) {
            rate = usual(average);
        }
        if (rate.value() > maxFrameRate) {
            return new Ratio(maxFrameRate, 1);
        }
        return rate.value() < SLOWEST.value() ? SLOWEST : rate;
    }

    /** An interlaced video's base rate counts fields. */
    private static boolean isDoubled(VideoStream video, Ratio base, Ratio average) {
        return video.interlaced() && base.value() >= average.value() * FAR_ABOVE;
    }

    static Ratio usual(Ratio average) {
        Ratio nearest = average;
        double distance = CLOSE;
        for (Ratio candidate : USUAL) {
            double off = Math.abs(candidate.value() / average.value() - 1);
            if (off < distance) {
                nearest = candidate;
                distance = off;
            }
        }
        return nearest;
    }
}
