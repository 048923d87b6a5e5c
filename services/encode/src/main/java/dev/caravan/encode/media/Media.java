package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a file is shown and heard. Its time begins with the first of both, and is that of what the file holds, not of
 * what its header says.
 *
 * @param zero when that is in the time of the file, in seconds as ffmpeg counts them
 * @param video the picture; of {@link SurveyCommand#STILL} when {@code still}
 * @param still whether it is sound alone, with a picture that was made for it
 * @param audio the sound to play; null when there is none
 * @param others the sounds that it can be heard with instead
 * @param losses what is known to be lost
 * @param closed gaps in the time of the file that are not in its own; from its beginning
 * @param pieces the parts that are read by themselves; none when the file is read as a whole
 */
public record Media(
        double zero,
        VideoStream video,
        boolean still,
        @Nullable AudioStream audio,
        List<AudioStream> others,
        Losses losses,
        Gaps closed,
        List<Piece> pieces) {

    /** A file that is read as a whole. */
    Media(double zero, VideoStream video, boolean still, @Nullable AudioStream audio, Losses losses, Gaps closed) {
        this(zero, video, still, audio, List.of(), losses, closed, List.of());
    }

    /** What has a picture to be read. */
    public List<Piece> seen(Input whole) {
        if (still) {
            return List.of();
        }
        return pieces.isEmpty()
                ? List.of(new Piece(whole, zero, video, audio))
                : pieces.stream().filter(piece -> piece.video() != null).toList();
    }

    /** What was made of the sound. */
    public Path sound(Path folder) {
        return folder.resolve(pieces.isEmpty() ? SurveyCommand.SOUND : Joined.SOUND);
    }

    /** All that it can be heard with, the one to play first. */
    public List<AudioStream> sounds() {
        return audio == null
                ? List.of()
                : Stream.concat(Stream.of(audio), others.stream()).toList();
    }

    /** The same with further sounds, as far as they are heard while it lasts. */
    public Media with(FurtherSounds further) {
        return new Media(
                zero,
                video,
                still,
                audio,
                further.within(zero, seconds()),
                losses.withFurther(further.sentences(zero, seconds())),
                closed,
                pieces);
    }

    /** The same with holes of the file that are not among its times. */
    public Media withHoles(List<Span> holes) {
        return new Media(zero, video, still, audio, others, losses.withHoles(holes), closed, pieces);
    }

    /** The same with a picture of this size for its sound. */
    public Media withStill(int width, int height) {
        return new Media(zero, video.sized(width, height), true, audio, others, losses, closed, pieces);
    }

    /** The length of the longest of the picture and the sound to play. */
    public double seconds() {
        return Math.max(video.span().end(), audio == null ? 0 : audio.span().end());
    }
}
