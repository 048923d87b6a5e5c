package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sizes that videos are encoded in, and their bitrates.
 *
 * <p>A size is named by the short side of the picture, so a portrait video gets as many pixels as a landscape one.
 */
public final class Ladder {

    static final int SMALLEST_SIDE = 2;
    private static final int LONGEST_SIDE = 4096;
    private static final int LEAST_BITRATE = 64_000;
    private static final double MANY_FRAMES = 32;
    private static final double MANY_FRAMES_FACTOR = 1.4;
    /** A step that is nearly as large as the video itself would only be a copy of it. */
    private static final double NEARLY = 0.9;

    private final List<Step> steps;

    /**
     * A step of the ladder.
     *
     * @param height short side of the picture
     * @param bitrate the most bits a second at up to 30 frames a second
     */
    public record Step(int height, int bitrate) {}

    /** @param steps at least one, in any order */
    public Ladder(List<Step> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("encode.ladder needs at least one step.");
        }
        this.steps = steps.stream()
                .sorted(Comparator.comparingInt(Step::height).reversed())
                .toList();
    }

    /**
     * The video's own size, at most the highest step, and each lower step. Never larger than the video.
     *
     * @return highest first
     */
    public List<Rung> rungs(VideoStream video, Ratio rate) {
        int width = video.shownWidth();
        int height = video.shownHeight();
        int own = Math.min(width, height);
        int top = Math.min(own, steps.get(0).height());
        top = (int) Math.min(top, Math.max(SMALLEST_SIDE, (double) LONGEST_SIDE * own / Math.max(width, height)));
        List<Rung> rungs = new ArrayList<>();
        rungs.add(rung(width, height, top, rate));
        for (Step step : steps) {
            if (step.height() < top && step.height() <= top * NEARLY) {
                rungs.add(rung(width, height, step.height(), rate));
            }
        }
        return List.copyOf(rungs);
    }

    private Rung rung(int width, int height, int shortSide, Ratio rate) {
        int own = Math.min(width, height);
        double bitrate = bitrate(shortSide) * (rate.value() > MANY_FRAMES ? MANY_FRAMES_FACTOR : 1);
        return new Rung(
                side(width, shortSide, own), side(height, shortSide, own), (int) Math.max(LEAST_BITRATE, bitrate));
    }

    /** At its own size an odd side loses a line; scaled it goes to the nearest even number, the lower of two. */
    private static int side(int length, int shortSide, int own) {
        long even =
                shortSide == own ? length / 2 * 2L : (long) Math.ceil((double) length * shortSide / own / 2 - 0.5) * 2;
        return (int) Math.max(SMALLEST_SIDE, even);
    }

    /** Between two steps by the number of pixels, below the lowest in proportion to them. */
    private double bitrate(int shortSide) {
        Step above = steps.get(0);
        if (shortSide >= above.height()) {
            return above.bitrate();
        }
        for (Step below : steps) {
            if (below.height() <= shortSide) {
                double share = (square(shortSide) - square(below.height()))
                        / (square(above.height()) - square(below.height()));
                return below.height() == shortSide
                        ? below.bitrate()
                        : below.bitrate() + share * (above.bitrate() - below.bitrate());
            }
            above = below;
        }
        return above.bitrate() * square(shortSide) / square(above.height());
    }

    private static double square(int side) {
        return (double) side * side;
    }
}
