package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of the sounds beside the one to play. None of them makes a video longer, or is a reason to refuse it.
 *
 * @param heard those that are kept
 * @param left what is said of those that are not, in sentences
 */
public record FurtherSounds(List<Heard> heard, List<String> left) {

    /** There is one sound at most. */
    public static final FurtherSounds NONE = new FurtherSounds(List.of(), List.of());

    private static final String UNREAD = "The sound track \"%s\" could not be read.";

    /**
     * One that is kept.
     *
     * @param sound with the time at which it is heard
     * @param lost when nothing came of it that is there
     */
    public record Heard(AudioStream sound, List<Span> lost) {}

    /**
     * The same with another, if enough of it could be read.
     *
     * @param there its packets
     * @param decoded what came of them
     */
    public FurtherSounds and(AudioStream sound, Times there, Times decoded, Limits limits) {
        if (there.count() == 0) {
            return this;
        }
        List<Span> lost = Losses.between(there, decoded);
        boolean tooMuch = decoded.count() == 0
                || lost.stream().mapToDouble(Span::length).sum()
                        > limits.lostSound() * there.span().length();
        return tooMuch ? without(sound) : with(new Heard(sound.at(decoded.span()), lost));
    }

    private FurtherSounds with(Heard another) {
        return new FurtherSounds(
                Stream.concat(heard.stream(), Stream.of(another)).toList(), left);
    }

    /** The same without one that nothing can be made of. */
    public FurtherSounds without(AudioStream sound) {
        return saying(UNREAD.formatted(name(sound)));
    }

    /** The same with so many of a file left out. */
    private FurtherSounds without(int more, String why) {
        return more <= 0
                ? this
                : saying((more == 1 ? "1 more sound track was" : more + " more sound tracks were") + " left out: " + why
                        + ".");
    }

    /** The same without those that are more than are kept. */
    public FurtherSounds withoutMoreThan(int most, int there) {
        return without(there - most, "a video has at most " + most);
    }

    /** Without those of files that were joined. */
    public static FurtherSounds withoutJoined(int more) {
        return NONE.without(more, "where the file changes midway one is kept");
    }

    private FurtherSounds saying(String sentence) {
        return new FurtherSounds(
                heard, Stream.concat(left.stream(), Stream.of(sentence)).toList());
    }

    /** Those that are heard while the video is seen, in its time. */
    List<AudioStream> within(double zero, double seconds) {
        return heard.stream()
                .map(Heard::sound)
                .map(sound -> sound.at(sound.span().earlierBy(zero)))
                .filter(sound -> sound.span().end() > 0 && sound.span().start() < seconds)
                .toList();
    }

    /** What is said of them, in the time of the video. */
    List<String> sentences(double zero, double seconds) {
        List<Integer> kept =
                within(zero, seconds).stream().map(AudioStream::index).toList();
        List<String> sentences = new ArrayList<>();
        for (Heard each : heard) {
            String name = name(each.sound());
            if (kept.contains(each.sound().index())) {
                List<Span> lost =
                        each.lost().stream().map(span -> span.earlierBy(zero)).toList();
                Losses.describe(lost, " of the sound track \"" + name + "\"", "could not be read", sentences);
            } else {
                sentences.add("The sound track \"%s\" is not heard while the video lasts.".formatted(name));
            }
        }
        sentences.addAll(left);
        return List.copyOf(sentences);
    }

    private static String name(AudioStream sound) {
        AudioStream.Said says = sound.says();
        if (!says.title().isEmpty()) {
            return says.title();
        }
        return says.language().isEmpty() ? "stream " + sound.index() : Languages.name(says.language());
    }
}
