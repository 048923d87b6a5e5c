package dev.caravan.encode.presentation;

import dev.caravan.encode.media.SoundRendition;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of ffmpeg that decodes the first and the last segment of each track, as a player would that begins there. It
 * reads both after their init segment as one file, and writes a line for each frame into another. Of a long video it
 * decodes all pictures of both, of a short one the keyframes, because the rest would cost more than it is worth.
 */
public final class Decoding {

    /** The first line after each other: size or rate of what was decoded. */
    private static final Pattern SIZE = Pattern.compile("(?m)^#dimensions 0: (\\d+x\\d+)$");

    /** The same of a sound. */
    private static final Pattern LAYOUT = Pattern.compile("(?m)^#channel_layout_name 0: (.+)$");

    private static final Pattern FRAME = Pattern.compile("(?m)^0,");

    /** How much of its length both segments of a video may be for all of their pictures to be decoded. */
    private static final double SHARE = 0.2;

    private final List<Track> tracks;
    private final Path segments;
    private final Path folder;
    private final boolean keyframesAlone;

    /**
     * Prepares to decode.
     *
     * @param presentation what was verified but for that
     * @param segments the folder with its files
     * @param folder an empty one, for what is read and written
     */
    public Decoding(Presentation presentation, Path segments, Path folder) {
        this.tracks = presentation.tracks();
        this.segments = segments;
        this.folder = folder;
        this.keyframesAlone = 2 * presentation.longestSegment() > SHARE * presentation.end();
    }

    /** Writes what is decoded; ffmpeg then runs in the folder. */
    public List<String> prepare(String ffmpeg) throws IOException {
        for (int i = 0; i < tracks.size(); i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(input(i)))) {
                Files.copy(segments.resolve(tracks.get(i).init()), out);
                for (String segment : ends(tracks.get(i))) {
                    Files.copy(segments.resolve(segment), out);
                }
            }
        }
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-hide_banner", "-v", "error"));
        // What ffmpeg could go on after, some player could not.
        command.add("-xerror");
        for (int i = 0; i < tracks.size(); i++) {
            command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "mov"));
            command.addAll(List.of("-err_detect", "explode", "-threads", "2"));
            if (keyframesAlone && tracks.get(i).picture()) {
                command.addAll(List.of("-skip_frame", "nokey"));
            }
            command.addAll(List.of("-i", input(i)));
        }
        for (int i = 0; i < tracks.size(); i++) {
            command.addAll(List.of("-map", Integer.toString(i)));
            // The frames themselves are of no interest.
            command.addAll(
                    tracks.get(i).picture()
                            ? List.of("-c:v", "wrapped_avframe", "-fps_mode", "passthrough")
                            : List.of("-c:a", "pcm_s16le"));
            command.addAll(List.of("-f", "framecrc", output(i)));
        }
        return List.copyOf(command);
    }

    /**
     * Checks what a run came to that was content.
     *
     * @throws dev.caravan.kernel.Fault when there is a segment that it had nothing of, or not what was planned
     */
    public void check() throws IOException {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            Path output = folder.resolve(output(i));
            String lines = Files.exists(output) ? Files.readString(output) : "";
            if (FRAME.matcher(lines).results().count() < ends(track).size()) {
                throw Unplayable.because("the first or the last segment of %s does not decode", track.name());
            }
            Matcher size = SIZE.matcher(lines);
            if (track.picture() && (!size.find() || !size.group(1).equals(track.name()))) {
                throw Unplayable.because("%s does not decode to its size", track.name());
            }
            Matcher layout = LAYOUT.matcher(lines);
            if (!track.picture() && (!layout.find() || !layout.group(1).equals(layout(track)))) {
                throw Unplayable.because("%s does not decode to its channels", track.name());
            }
        }
    }

    private static String layout(Track track) {
        return track.channels() == SoundRendition.SURROUND ? "5.1" : "stereo";
    }

    /** The files of the first and the last segment, which may be the same. */
    private static Set<String> ends(Track track) {
        return new LinkedHashSet<>(List.of(track.first().file(), track.last().file()));
    }

    private static String input(int i) {
        return i + ".mp4";
    }

    private static String output(int i) {
        return i + ".crc";
    }
}
