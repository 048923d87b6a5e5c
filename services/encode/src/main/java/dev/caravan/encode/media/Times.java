package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When the packets or the decoded frames of a stream are seen or heard; fed with the lines of ffmpeg's framecrc format.
 * What an edit list hides is not among them.
 */
public final class Times implements Consumer<String> {

    private static final int MOST = 1 << 23;
    private static final int DECODED_AT = 1;
    private static final int SHOWN_AT = 2;
    private static final int DURATION = 3;
    private static final int SIZE = 4;
    private static final int FLAGS = 6;
    private static final int OWN = 1;
    private static final int HIDDEN = 4;
    private static final double FEW = 0.1;
    private static final double CLUSTER = 0.25;
    private static final double ROUNDING = 0.0015;
    private static final double LEAST_SHARE = 0.25;
    private static final double LONGEST_LAST = 60;
    private static final double LEAST_HOLE = 0.5;
    private static final int HOLE_STEPS = 5;

    private double tick = 1;
    private double[] starts = new double[1 << 10];
    private int count;
    private long packets;
    private double lastStart = Double.NEGATIVE_INFINITY;
    private double lastDuration;
    private double firstOwn = Double.NaN;
    private boolean sorted = true;

    @Override
    public void accept(String line) {
        try {
            read(line.split(",\\s*"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("No line of a list of packets: " + line, e);
        }
    }

    private void read(String[] fields) {
        if (fields[0].startsWith("#")) {
            if (fields[0].startsWith("#tb ")) {
                Ratio ratio = Ratio.parse(
                        fields[0].substring(fields[0].indexOf(':') + 1).strip());
                tick = ratio == null ? 1 : ratio.value();
            }
            return;
        }
        if (fields.length <= SIZE) {
            return;
        }
        packets++;
        int flags = flags(fields);
        if ((flags & HIDDEN) != 0 || fields[SIZE].equals("0")) {
            return;
        }
        double start = ticks(fields[SHOWN_AT]);
        start = Double.isNaN(start) ? ticks(fields[DECODED_AT]) : start;
        if (Double.isNaN(start)) {
            return;
        }
        if (count == MOST) {
            throw Refusal.TOO_COMPLEX.fault();
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        sorted &= count == 0 || start >= starts[count - 1];
        starts[count++] = start;
        if ((flags & OWN) != 0 && Double.isNaN(firstOwn)) {
            firstOwn = start;
        }
        if (start >= lastStart) {
            lastStart = start;
            double duration = ticks(fields[DURATION]);
            lastDuration = Double.isNaN(duration) ? 0 : Math.max(0, duration);
        }
    }

    private static int flags(String[] fields) {
        return fields.length > FLAGS && fields[FLAGS].startsWith("F=0x")
                ? Integer.parseInt(fields[FLAGS].substring("F=0x".length()), 16)
                : OWN;
    }

    private double ticks(String text) {
        return text.equals("NOPTS") || text.equals("-9223372036854775808") ? Double.NaN : Long.parseLong(text) * tick;
    }

    private double[] sorted() {
        if (!sorted) {
            Arrays.sort(starts, 0, count);
            sorted = true;
        }
        return starts;
    }

    /** The same after gaps are closed. */
    public Times closing(Gaps gaps) {
        if (gaps.isEmpty()) {
            return this;
        }
        Times closed = new Times();
        closed.starts = Arrays.stream(starts, 0, count).map(gaps::close).toArray();
        closed.count = count;
        closed.packets = packets;
        closed.lastStart = gaps.close(lastStart);
        closed.lastDuration = lastDuration;
        closed.firstOwn = gaps.close(firstOwn);
        closed.sorted = sorted;
        return closed;
    }

    /** When there is none for long, though there usually is: more than half a second, and than five are apart. */
    List<Span> holes() {
        double[] steps = steps();
        double most = steps.length == 0 ? 0 : HOLE_STEPS * steps[(int) (steps.length * (1 - FEW))];
        List<Span> holes = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            if (start(i) - start(i - 1) > Math.max(LEAST_HOLE, most)) {
                holes.add(new Span(start(i - 1) + step(), start(i)));
            }
        }
        return holes;
    }

    /** Of how many the times are known. */
    public int count() {
        return count;
    }

    /** All of them, hidden ones too. */
    long packets() {
        return packets;
    }

    /** Seconds of the n-th, in the order of time. */
    double start(int number) {
        return sorted()[number];
    }

    /** From the first to the end of the last. */
    Span span() {
        if (count == 0) {
            return new Span(0, 0);
        }
        return new Span(start(0), lastStart + (isBelieved(lastDuration) ? lastDuration : step()));
    }

    /** That the last one stands for minutes, and none before it did, is a mistake of the file. */
    private boolean isBelieved(double duration) {
        if (count == 1 || duration <= LONGEST_LAST) {
            return duration > 0;
        }
        double[] steps = steps();
        return steps.length > 0 && duration <= steps[steps.length - 1];
    }

    /** When the first is that needs no other; the first of all when none is marked. */
    double firstOwn() {
        return Double.isNaN(firstOwn) ? span().start() : firstOwn;
    }

    /** The usual time from one to the next; 0 when there is but one. */
    double step() {
        double[] steps = steps();
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    /**
     * How many a second keep nine of ten; null when there are too few, or when no rate is kept for long.
     *
     * @param base a declared rate that is taken when it is about the same
     * @param average one that is taken when moreover no usual one is, because a gap spoils it
     */
    @Nullable
    Ratio rate(@Nullable Ratio base, @Nullable Ratio average) {
        double[] steps = steps();
        if (steps.length == 0) {
            return null;
        }
        double fine = steps[(int) (steps.length * FEW)];
        double sum = 0;
        int near = 0;
        for (double step : steps) {
            if (Math.abs(step - fine) <= fine * CLUSTER + ROUNDING) {
                sum += step;
                near++;
            }
        }
        double perSecond =
                near < steps.length * LEAST_SHARE ? steps.length / (start(count - 1) - start(0)) : near / sum;
        if (base != null && isClose(base, perSecond)) {
            return base;
        }
        Ratio measured = new Ratio(Math.max(1, Math.round(perSecond * 1000)), 1000);
        Ratio usual = Plan.usual(measured);
        return usual.equals(measured) && average != null && isClose(average, perSecond) ? average : usual;
    }

    private static boolean isClose(Ratio ratio, double perSecond) {
        return Math.abs(ratio.value() / perSecond - 1) < Plan.CLOSE;
    }

    /** From each to the next, shortest first. Two at once, as pictures that only others are made of, are one. */
    private double[] steps() {
        double[] all = sorted();
        double[] steps = new double[Math.max(0, count - 1)];
        int found = 0;
        for (int i = 1; i < count; i++) {
            double step = all[i] - all[i - 1];
            if (step > ROUNDING) {
                steps[found++] = step;
            }
        }
        steps = Arrays.copyOf(steps, found);
        Arrays.sort(steps);
        return steps;
    }
}
