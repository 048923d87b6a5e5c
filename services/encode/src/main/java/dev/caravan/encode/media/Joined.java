package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes one video of parts that were read by themselves, one after the other. */
public final class Joined {

    /** What ffmpeg reads as their sound, in the job's folder. */
    public static final String SOUND = "sound.ffconcat";

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Span> gaps = new ArrayList<>();
    private Losses losses = Losses.NONE;
    /** How long it is so far; and how long before gaps are closed. */
    private double length;

    private double open;

    private Joined() {}

    /**
     * Joins them.
     *
     * @param inputs where each was read
     * @param parts what each is
     * @param unread how many more there are that nothing can be made of
     */
    public static Media of(List<Input> inputs, List<Media> parts, int unread) {
        Joined joined = new Joined();
        boolean sound = parts.stream().anyMatch(part -> part.audio() != null);
        for (int i = 0; i < parts.size(); i++) {
            joined.add(inputs.get(i), parts.get(i), sound, i == parts.size() - 1);
        }
        return joined.media(parts.get(0).video(), unread);
    }

    private void add(Input input, Media part, boolean sound, boolean last) {
        VideoStream video = part.video();
        AudioStream audio = part.audio();
        pieces.add(new Piece(
                input,
                part.zero() - open,
                part.still() ? null : video.timed(video.span().earlierBy(-length), video.from() + length, null),
                audio == null ? null : audio.at(audio.span().earlierBy(-length))));
        gaps.addAll(part.closed().earlierBy(-open).spans());
        losses = losses.and(part.losses(), length, part.seconds(), sound, last);
        length += part.seconds();
        open += part.closed().open(part.seconds());
    }

    private Media media(VideoStream still, int unread) {
        List<VideoStream> videos = every(Piece::video);
        List<AudioStream> audios = every(Piece::audio);
        VideoStream video = videos.isEmpty() ? still.timed(new Span(0, length), 0, null) : picture(videos);
        AudioStream audio = audios.isEmpty()
                ? null
                : audios.get(0).at(whole(audios.stream().map(AudioStream::span).toList()));
        return new Media(
                0,
                video,
                videos.isEmpty(),
                audio,
                List.of(),
                losses.withUnread(unread),
                new Gaps(List.copyOf(gaps)),
                List.copyOf(pieces));
    }

    private <T> List<T> every(Function<Piece, @Nullable T> what) {
        return pieces.stream().map(what).filter(Objects::nonNull).toList();
    }

    /** As large as the largest of them, and as fast as the fastest. */
    private static VideoStream picture(List<VideoStream> videos) {
        VideoStream largest = videos.stream()
                .max(Comparator.comparingLong(video -> (long) video.shownWidth() * video.shownHeight()))
                .orElseThrow();
        Ratio fastest = videos.stream()
                .map(VideoStream::baseRate)
                .filter(Objects::nonNull)
                .max(Comparator.comparingDouble(Ratio::value))
                .orElse(null);
        return largest.timed(
                whole(videos.stream().map(VideoStream::span).toList()),
                videos.get(0).from(),
                fastest);
    }

    private static Span whole(List<Span> spans) {
        return new Span(spans.get(0).start(), spans.get(spans.size() - 1).end());
    }

    /** The list of the sounds of a video, each for as long as until the next one; what {@link #SOUND} is to hold. */
    public static String sounds(Media media) {
        StringBuilder text = new StringBuilder("ffconcat version 1.0\n");
        List<Piece> heard =
                media.pieces().stream().filter(piece -> piece.audio() != null).toList();
        for (int i = 0; i < heard.size(); i++) {
            Input input = heard.get(i).input();
            text.append("file %s/%s\n".formatted(input.folder().getFileName(), SurveyCommand.SOUND));
            if (i + 1 < heard.size()) {
                double until = start(media, heard.get(i + 1)) - start(media, heard.get(i));
                text.append(String.format(Locale.ROOT, "duration %.6f%n", until));
            }
        }
        return text.toString();
    }

    /** Before gaps are closed. */
    private static double start(Media media, Piece piece) {
        AudioStream audio = Objects.requireNonNull(piece.audio());
        return media.closed().open(audio.span().start());
    }
}
