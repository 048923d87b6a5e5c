package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A sound that a player chooses from: each of the file's in stereo, for everyone, and those that have more in 5.1 too.
 *
 * @param source of which it is made
 * @param channels 2, or 6 for 5.1
 * @param label what viewers choose it by; that of no other sound, and the same in stereo and in 5.1
 * @param isDefault whether players play it unless their viewer chooses otherwise
 */
public record SoundRendition(AudioStream source, int channels, String label, boolean isDefault) {

    public static final int STEREO = 2;
    public static final int SURROUND = 6;

    /** All of a video: first those in stereo, the one to play before the others, then those in 5.1. */
    static List<SoundRendition> of(Media media) {
        List<SoundRendition> stereo = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (AudioStream sound : media.sounds()) {
            String number = media.others().isEmpty() ? "" : " " + (stereo.size() + 1);
            String label = unique(label(sound.says(), number), taken);
            stereo.add(new SoundRendition(sound, STEREO, label, stereo.isEmpty()));
        }
        Stream<SoundRendition> surround = stereo.stream()
                .filter(sound -> sound.source.surround())
                .map(sound -> new SoundRendition(sound.source, SURROUND, sound.label, sound.isDefault));
        return Stream.concat(stereo.stream(), surround).toList();
    }

    private static String label(AudioStream.Said says, String number) {
        if (!says.title().isEmpty()) {
            return says.title();
        }
        String name = says.language().isEmpty() ? "Sound" + number : Languages.name(says.language());
        return says.description() ? name + " (audio description)" : name;
    }

    private static String unique(String label, Set<String> taken) {
        String unique = label;
        for (int i = 2; !taken.add(unique); i++) {
            unique = label + " " + i;
        }
        return unique;
    }

    /** The same; the one to play when its label is this. */
    public SoundRendition withDefault(String played) {
        return new SoundRendition(source, channels, label, label.equals(played));
    }

    /** BCP 47; empty when it is not known. */
    public String language() {
        return source.says().language();
    }

    /** Whether it tells what is seen, for those who do not see it. */
    public boolean description() {
        return source.says().description();
    }

    /** Bits a second. */
    int bitrate(EncodingStyle style) {
        return isSurround() ? style.surroundBitrate() : style.audioBitrate();
    }

    /** Whether it is in 5.1. */
    public boolean isSurround() {
        return channels == SURROUND;
    }

    /** As ffmpeg names it. */
    String layout() {
        return isSurround() ? "5.1" : "stereo";
    }

    /** What was decoded of it, in the job's folder. */
    Path file(Media media, Path folder) {
        if (isSurround()) {
            return folder.resolve(SurveyCommand.surround(source.index()));
        }
        return source.equals(media.audio()) ? media.sound(folder) : folder.resolve(SurveyCommand.sound(source.index()));
    }
}
