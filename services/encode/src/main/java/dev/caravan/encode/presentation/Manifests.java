package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.encode.media.SoundRendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The manifests of both kinds, which say the same. */
public final class Manifests {

    private static final String SILENT = "The sound track is empty and was left out.";

    private Manifests() {}

    /**
     * Makes them say what is there: that of what was made first is taken into the other, lengths are exact, sounds that turned out
     * empty are left out, with their files, of several sounds each says which it is, and HLS says the same as DASH.
     *
     * @param folder that ffmpeg wrote into
     * @param planned the sounds that it was to make
     * @return what is there
     * @throws dev.caravan.kernel.Fault when they cannot be read
     */
    public static EncodedVideo correct(Path folder, List<SoundRendition> planned) throws IOException {
        DashManifest dash = DashManifest.read(folder.resolve(EncodeCommand.DASH));
        Path before = folder.resolve(RenditionGroup.FIRST + EncodeCommand.DASH);
        if (Files.exists(before)) {
            dash.append(DashManifest.read(before), RenditionGroup.FIRST);
            Files.delete(before);
        }
        List<Track> made = dash.presentation().sounds();
        if (made.size() != planned.size()) {
            throw Unplayable.because("it has %d sounds, and not %d", made.size(), planned.size());
        }
        List<Track> empty =
                made.stream().filter(sound -> sound.segments().isEmpty()).toList();
        OutputFolder files = new OutputFolder(folder);
        for (Track sound : empty) {
            dash.remove(sound);
            Files.deleteIfExists(files.file(sound.init()));
        }
        Presentation presentation = dash.presentation();
        if (presentation.pictures().isEmpty()) {
            throw Unplayable.because("it has no picture");
        }
        List<SoundGroup.Member> sounds = members(planned, made, empty);
        describe(sounds, planned, dash);
        dash.setLengths(presentation.end(), longestSegment(presentation));
        dash.write();
        for (Map.Entry<String, String> playlist :
                new HlsWriter(presentation, sounds).ended().entrySet()) {
            Files.writeString(files.file(playlist.getKey()), playlist.getValue());
        }
        return presentation
                .encoded()
                .with(
                        sounds.stream().map(SoundGroup.Member::sound).toList(),
                        empty.isEmpty() ? List.of() : List.of(SILENT));
    }

    /**
     * The manifests of what is there of a group, by their names.
     *
     * @param dash as ffmpeg has it at the moment; it is changed
     * @param planned the sounds of the group, of all of which there is something
     * @param whole whether all of the group is there, and may be all that is there for a while
     * @param end seconds that it will take
     * @param longest whole seconds that no segment will be longer than
     */
    static Map<String, String> ofGroup(
            DashManifest dash, List<SoundRendition> planned, boolean whole, double end, int longest)
            throws IOException {
        Presentation presentation = dash.presentation();
        List<SoundGroup.Member> sounds = members(planned, presentation.sounds(), List.of());
        describe(sounds, planned, dash);
        HlsWriter hls = new HlsWriter(presentation, sounds);
        Map<String, String> manifests = whole ? hls.ended() : hls.growing(longest);
        if (whole) {
            dash.setLengths(presentation.end(), longestSegment(presentation));
        } else {
            dash.setGrowing(end, longest);
        }
        manifests.put(EncodeCommand.DASH, dash.text());
        return manifests;
    }

    /** Where the one to play is empty, it is the next. */
    private static List<SoundGroup.Member> members(List<SoundRendition> planned, List<Track> made, List<Track> empty) {
        List<SoundGroup.Member> members = new ArrayList<>();
        String played = "";
        for (int i = 0; i < made.size(); i++) {
            if (!empty.contains(made.get(i))) {
                SoundRendition sound = planned.get(i);
                played = members.isEmpty() ? sound.label() : played;
                members.add(new SoundGroup.Member(sound.withDefault(played), made.get(i)));
            }
        }
        return members;
    }

    /** Only where there was a choice. A video of one sound is as simple as it can be. */
    private static void describe(List<SoundGroup.Member> sounds, List<SoundRendition> planned, DashManifest dash) {
        if (planned.size() > 1) {
            sounds.forEach(sound -> dash.describe(sound.track(), sound.sound()));
        }
    }

    private static double longestSegment(Presentation presentation) {
        return presentation.tracks().stream()
                .flatMapToDouble(
                        track -> track.segments().stream().mapToDouble(segment -> track.seconds(segment.duration())))
                .max()
                .orElse(0);
    }
}
