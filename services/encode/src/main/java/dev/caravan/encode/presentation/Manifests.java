package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.SoundRendition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The manifests of both kinds, which say the same. */
public final class Manifests {

    private static final String SILENT = "The sound track is empty and was left out.";

    private Manifests() {}

    /**
     * Makes them say what is there: lengths are exact, sounds that turned out empty are left out, with their files, and
     * of several sounds each says which it is.
     *
     * @param folder that ffmpeg wrote into
     * @param planned the sounds that it was to make
     * @return what is there
     * @throws dev.caravan.kernel.Fault when they cannot be read
     */
    public static EncodedVideo correct(Path folder, List<SoundRendition> planned) throws IOException {
        DashManifest dash = DashManifest.read(folder.resolve(EncodeCommand.DASH));
        List<Track> made = dash.presentation().sounds();
        if (made.size() != planned.size()) {
            throw Unplayable.because("it has %d sounds, and not %d", made.size(), planned.size());
        }
        List<Track> empty =
                made.stream().filter(sound -> sound.segments().isEmpty()).toList();
        if (!empty.isEmpty()) {
            empty.forEach(dash::remove);
            leaveOut(empty, folder);
        }
        Presentation presentation = dash.presentation();
        if (presentation.pictures().isEmpty()) {
            throw Unplayable.because("it has no picture");
        }
        List<SoundGroup.Member> sounds = members(planned, made, empty);
        if (planned.size() > 1) {
            describe(sounds, dash, folder);
        }
        dash.setLengths(presentation.end(), longestSegment(presentation));
        dash.write();
        return presentation
                .encoded()
                .with(
                        sounds.stream().map(SoundGroup.Member::sound).toList(),
                        empty.isEmpty() ? List.of() : List.of(SILENT));
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

    /** Only where there is a choice. A video of one sound is as simple as it can be. */
    private static void describe(List<SoundGroup.Member> sounds, DashManifest dash, Path folder) throws IOException {
        sounds.forEach(sound -> dash.describe(sound.track(), sound.sound()));
        List<SoundGroup.Member> stereo =
                sounds.stream().filter(sound -> !sound.sound().isSurround()).toList();
        List<SoundGroup.Member> surround = stereo.stream()
                .map(sound -> sounds.stream()
                        .filter(other -> other.sound().isSurround()
                                && other.sound().label().equals(sound.sound().label()))
                        .findFirst()
                        .orElse(sound))
                .toList();
        List<SoundGroup> groups = new ArrayList<>();
        if (!stereo.isEmpty()) {
            groups.add(new SoundGroup("stereo", stereo));
        }
        if (!surround.equals(stereo)) {
            groups.add(new SoundGroup("surround", surround));
        }
        HlsMaster.read(folder).writeWith(groups);
    }

    private static double longestSegment(Presentation presentation) {
        return presentation.tracks().stream()
                .flatMapToDouble(
                        track -> track.segments().stream().mapToDouble(segment -> track.seconds(segment.duration())))
                .max()
                .orElse(0);
    }

    /** What no segment is named in is no sound's playlist; ffmpeg does not even write one. */
    private static void leaveOut(List<Track> empty, Path folder) throws IOException {
        OutputFolder files = new OutputFolder(folder);
        HlsMaster master = HlsMaster.read(folder);
        Set<String> left = new HashSet<>();
        for (HlsMaster.Sound sound : master.sounds()) {
            Path playlist = files.file(sound.playlist());
            if (!Files.exists(playlist) || HlsPlaylist.read(playlist).segments().isEmpty()) {
                left.add(sound.playlist());
                Files.deleteIfExists(playlist);
            }
        }
        master.writeWithout(
                left,
                empty.stream().map(Track::codecs).collect(Collectors.toSet()),
                empty.stream().mapToLong(Track::bitrate).sum());
        for (Track track : empty) {
            Files.deleteIfExists(files.file(track.init()));
        }
    }
}
