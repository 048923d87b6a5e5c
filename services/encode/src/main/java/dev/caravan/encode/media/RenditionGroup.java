package dev.caravan.encode.media;

/**
 * What one run of ffmpeg makes of a video: some of its sizes, and sounds.
 *
 * @param plan what it makes
 * @param prefix of the names of its tracks and so of its files; of groups of a video each has another
 * @param grows whether what is there of it is played while it is made
 */
public record RenditionGroup(Plan plan, String prefix, boolean grows) {

    /** The prefix of what is made before the rest. */
    public static final String FIRST = "first-";

    /** About what it costs to read a frame, in pixels that are encoded. */
    private static final double READING = 100_000;

    /** Name of the DASH manifest of this group alone; that of the group without a prefix becomes that of the video. */
    public String manifest() {
        return prefix + EncodeCommand.DASH;
    }

    /** How much of the work at a video this is, 0 to 1, by what is drawn; to each frame the reading of it is added. */
    public double share(Plan whole) {
        return pixels(plan) / (pixels(whole) + READING);
    }

    private static double pixels(Plan plan) {
        return READING
                + plan.rungs().stream()
                        .mapToDouble(rung -> (double) rung.width() * rung.height())
                        .sum();
    }
}
