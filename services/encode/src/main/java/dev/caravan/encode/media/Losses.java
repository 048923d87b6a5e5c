package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What of a file could not be read.
 *
 * @param picture when no picture could be read that is there, in the order of time
 * @param sound when no sound could be read that is there
 * @param holes when the file has no picture, though it should
 * @param missing seconds that the file lacks at its end, because it was cut off
 * @param partial how many pictures could be read only in part, and show what is around them instead
 * @param silent whether there is sound that nothing can be made of
 * @param unread how many parts there are that nothing can be made of
 * @param further what was lost of the sounds beside the one to play, in sentences
 */
public record Losses(
        List<Span> picture,
        List<Span> sound,
        List<Span> holes,
        double missing,
        int partial,
        boolean silent,
        int unread,
        List<String> further) {

    /** All of what is lost but for further sounds. */
    Losses(
            List<Span> picture,
            List<Span> sound,
            List<Span> holes,
            double missing,
            int partial,
            boolean silent,
            int unread) {
        this(picture, sound, holes, missing, partial, silent, unread, List.of());
    }

    /** Nothing is lost. */
    static final Losses NONE = new Losses(List.of(), List.of(), List.of(), 0, 0, false, 0);

    private static final double NOTABLE = 0.1;
    private static final double LEAST_GAP = 0.15;
    private static final double STEPS = 2.5;
    private static final double BESIDE = 0.6;
    private static final double TOGETHER = 0.5;
    private static final double ALIKE = 1;
    private static final int MOST_SENTENCES = 5;

    /**
     * When something is in the file and nothing came of it.
     *
     * @param there packets of a stream
     * @param decoded what came of them
     */
    public static List<Span> between(Times there, Times decoded) {
        List<Span> lost = new ArrayList<>();
        if (there.count() == 0) {
            return lost;
        }
        Span all = there.span();
        if (decoded.count() == 0) {
            return List.of(all);
        }
        double step = Math.max(there.step(), decoded.step());
        double tolerance = Math.max(STEPS * step, LEAST_GAP);
        double first = decoded.start(0);
        if (first - all.start() > tolerance) {
            lost.add(new Span(all.start(), first));
        }
        int packet = 0;
        for (int i = 1; i < decoded.count(); i++) {
            double from = decoded.start(i - 1);
            double to = decoded.start(i);
            if (to - from <= tolerance) {
                continue;
            }
            while (packet < there.count() && there.start(packet) < from + BESIDE * step) {
                packet++;
            }
            if (packet < there.count() && there.start(packet) < to - BESIDE * step) {
                lost.add(new Span(Math.min(there.start(packet), to), to));
            }
        }
        double last = decoded.span().end();
        double lastPacket = there.start(there.count() - 1);
        if (lastPacket + step - last > tolerance) {
            lost.add(new Span(last, lastPacket + step));
        }
        return merged(lost);
    }

    private static List<Span> merged(List<Span> spans) {
        List<Span> merged = new ArrayList<>();
        for (Span span : spans) {
            int last = merged.size() - 1;
            if (last >= 0 && span.start() - merged.get(last).end() < TOGETHER) {
                merged.set(last, new Span(merged.get(last).start(), span.end()));
            } else {
                merged.add(span);
            }
        }
        return List.copyOf(merged);
    }

    /** The same, with these losses of the picture. */
    public Losses withPicture(List<Span> lost) {
        return new Losses(List.copyOf(lost), sound, holes, missing, partial, silent, unread, further);
    }

    /** The same, with so many pictures that could be read in part. */
    public Losses withPartial(int pictures) {
        return new Losses(picture, sound, holes, missing, pictures, silent, unread, further);
    }

    /** The same, with these holes, of which some may be known. */
    Losses withHoles(List<Span> more) {
        List<Span> all = new ArrayList<>(holes);
        more.stream()
                .filter(hole -> holes.stream().noneMatch(known -> Math.abs(known.length() - hole.length()) < ALIKE))
                .forEach(all::add);
        all.sort(Comparator.comparingDouble(Span::start));
        return new Losses(picture, sound, List.copyOf(all), missing, partial, silent, unread, further);
    }

    /** The same, with so many parts that nothing can be made of. */
    Losses withUnread(int parts) {
        return new Losses(picture, sound, holes, missing, partial, silent, parts, further);
    }

    /** The same, with what was lost of further sounds. */
    Losses withFurther(List<String> sentences) {
        return new Losses(picture, sound, holes, missing, partial, silent, unread, List.copyOf(sentences));
    }

    /**
     * The same, with those of a part behind it.
     *
     * @param at when that begins
     * @param seconds that it takes
     * @param heard whether any part has a sound
     * @param last whether no other comes behind it, and it can be cut off
     */
    Losses and(Losses part, double at, double seconds, boolean heard, boolean last) {
        List<Span> unheard = heard && part.silent ? List.of(new Span(0, seconds)) : part.sound;
        return new Losses(
                all(picture, part.picture, at),
                all(sound, unheard, at),
                all(holes, part.holes, at),
                last ? part.missing : 0,
                partial + part.partial,
                !heard && (silent || part.silent),
                unread + part.unread);
    }

    private static List<Span> all(List<Span> spans, List<Span> others, double at) {
        return Stream.concat(spans.stream(), others.stream().map(span -> span.earlierBy(-at)))
                .toList();
    }

    /**
     * Throws when what is left is worth nothing.
     *
     * @param seconds that could be read, or should have been
     */
    public void check(double seconds, Limits limits) {
        double whole = Math.max(seconds + missing, NOTABLE);
        boolean tooMuch = (sum(picture) + missing) / whole > limits.lostPicture()
                || (sum(sound) + missing) / whole > limits.lostSound();
        if (tooMuch) {
            throw (missing > Math.max(sum(picture), sum(sound)) ? Refusal.TRUNCATED : Refusal.DAMAGED).fault();
        }
    }

    /** Seconds of the picture that could not be read. */
    double pictureSeconds() {
        return sum(picture);
    }

    private static double sum(List<Span> spans) {
        return spans.stream().mapToDouble(Span::length).sum();
    }

    /** What was lost, in sentences. */
    public List<String> warnings() {
        List<String> sentences = new ArrayList<>();
        describe(picture, "", "could not be read", sentences);
        if (partial > 0) {
            sentences.add((partial == 1 ? "1 picture" : partial + " pictures") + " could be read only in part.");
        }
        describe(sound, " of the sound", "could not be read", sentences);
        sentences.addAll(further);
        describe(holes, "", "are missing from the file", sentences);
        if (silent) {
            sentences.add("The sound could not be read.");
        }
        if (unread > 0) {
            sentences.add((unread == 1 ? "1 part" : unread + " parts") + " of the file could not be read.");
        }
        if (missing >= NOTABLE) {
            sentences.add(seconds(missing) + " at the end are missing: the file was cut off.");
        }
        return List.copyOf(sentences);
    }

    static void describe(List<Span> spans, String of, String what, List<String> sentences) {
        List<Span> notable =
                spans.stream().filter(span -> span.length() >= NOTABLE).toList();
        for (Span span : notable.subList(0, Math.min(notable.size(), MOST_SENTENCES))) {
            sentences.add(seconds(span.length()) + of + " at " + clock(span.start()) + " " + what + ".");
        }
        if (notable.size() > MOST_SENTENCES) {
            List<Span> others = notable.subList(MOST_SENTENCES, notable.size());
            sentences.add(seconds(sum(others)) + of + " at " + others.size() + " other places " + what + ".");
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String clock(double at) {
        long seconds = (long) Math.max(0, at);
        return seconds < 3600
                ? "%02d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
