package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;

/**
 * What an encoding made.
 *
 * @param seconds its length
 * @param lost seconds of its picture that could not be read: by so much it may be shorter than planned
 * @param renditions largest first
 * @param sounds those in stereo first
 * @param warnings what of the file could not be read or shown, in sentences for the owner
 */
public record EncodedVideo(
        double seconds, double lost, List<Rendition> renditions, List<SoundRendition> sounds, List<String> warnings) {

    /** The same, with what was lost before what else there is to say. */
    public EncodedVideo with(Losses losses) {
        List<String> sentences = new ArrayList<>(losses.warnings());
        sentences.addAll(warnings);
        return new EncodedVideo(seconds, losses.pictureSeconds(), renditions, sounds, List.copyOf(sentences));
    }

    /** The same with these sounds, and with what there is to say of them. */
    public EncodedVideo with(List<SoundRendition> heard, List<String> sentences) {
        return new EncodedVideo(seconds, lost, renditions, List.copyOf(heard), List.copyOf(sentences));
    }

    /** Width of the largest rendition. */
    public int width() {
        return renditions.get(0).width();
    }

    /** Height of the largest rendition. */
    public int height() {
        return renditions.get(0).height();
    }
}
