package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * When nothing is there that is not to be waited for: where streams were joined, ffmpeg puts one after the other by the
 * packets of one track, and when those of another come a little late, it does so twice.
 *
 * @param spans in the order of time
 */
public record Gaps(List<Span> spans) {

    /** Nothing is left out. */
    public static final Gaps NONE = new Gaps(List.of());

    private static final double LEAST = 0.15;
    private static final double ROUNDING = 0.000_001;
    /** An expression of more is more than ffmpeg reads. */
    private static final int MOST = 90;

    /** When no track has anything. */
    public static Gaps of(Collection<Times> tracks) {
        List<Track> left = new ArrayList<>();
        tracks.stream().filter(track -> track.count() > 0).forEach(track -> left.add(new Track(track)));
        List<Span> gaps = new ArrayList<>();
        double reached = Double.NaN;
        while (!left.isEmpty()) {
            Track next = Collections.min(left, Comparator.comparingDouble(Track::start));
            if (next.start() - reached > LEAST && gaps.size() < MOST) {
                gaps.add(new Span(reached, next.start()));
            }
            double end = next.start() + next.step;
            reached = Double.isNaN(reached) ? end : Math.max(reached, end);
            if (!next.advance()) {
                left.remove(next);
            }
        }
        return new Gaps(List.copyOf(gaps));
    }

    /** One on its way from its first packet to its last. */
    private static final class Track {

        private final Times times;
        private final double step;
        private int at;

        Track(Times times) {
            this.times = times;
            this.step = times.step();
        }

        double start() {
            return times.start(at);
        }

        boolean advance() {
            return ++at < times.count();
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /** When something is after they are closed. */
    double close(double time) {
        double closed = time;
        for (Span span : spans) {
            closed -= Math.max(0, Math.min(time - span.start(), span.length()));
        }
        return closed;
    }

    /** When something was before they were closed. */
    double open(double time) {
        double open = time;
        for (Span span : spans) {
            if (open >= span.start() - ROUNDING) {
                open += span.length();
            }
        }
        return open;
    }

    Gaps earlierBy(double seconds) {
        return new Gaps(spans.stream().map(span -> span.earlierBy(seconds)).toList());
    }

    /** What closes them in a chain of filters; with a comma at its end, or nothing. */
    String filter(String name) {
        return spans.isEmpty()
                ? ""
                : name + "=PTS-("
                        + spans.stream()
                                .map(span -> String.format(
                                        Locale.ROOT, "clip(T-%.6f\\,0\\,%.6f)", span.start(), span.length()))
                                .collect(Collectors.joining("+"))
                        + ")/TB,";
    }
}
