package dev.caravan.encode.presentation;

import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The manifests of both kinds, which say the same. */
public final class Manifests {

    private static final String SILENT = "The sound track is empty and was left out.";

    private Manifests() {}

    /**
     * Makes them say what is there: lengths are exact, and sounds that turned out empty are left out, with their files.
     *
     * @param folder that ffmpeg wrote into
     * @return what is there
     * @throws dev.caravan.kernel.Fault when they cannot be read
     */
    public static EncodedVideo correct(Path folder) throws IOException {
        DashManifest dash = DashManifest.read(folder.resolve(EncodeCommand.DASH));
        List<Track> empty = dash.presentation().sounds().stream()
                .filter(sound -> sound.segments().isEmpty())
                .toList();
        if (!empty.isEmpty()) {
            empty.forEach(dash::remove);
            leaveOut(empty, folder);
        }
        Presentation presentation = dash.presentation();
        if (presentation.pictures().isEmpty()) {
            throw Unplayable.because("it has no picture");
        }
        dash.setLengths(presentation.end(), longestSegment(presentation));
        dash.write();
        EncodedVideo encoded = presentation.encoded();
        return empty.isEmpty()
                ? encoded
                : new EncodedVideo(encoded.seconds(), 0, encoded.renditions(), List.of(SILENT));
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
