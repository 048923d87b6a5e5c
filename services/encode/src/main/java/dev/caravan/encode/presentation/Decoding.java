package dev.caravan.encode.presentation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of ffmpeg that decodes the first and the last segment of each track, as a player would that begins there. It
 * reads each with its init segment as one file, and writes a line for each frame into another.
 */
public final class Decoding {

    /** The first line after each other: size or rate of what was decoded. */
    private static final Pattern SIZE = Pattern.compile("(?m)^#dimensions 0: (\\d+x\\d+)$");

    private static final Pattern FRAME = Pattern.compile("(?m)^0,");

    /** Of the length of the presentation, how much of each segment is decoded at most. */
    private static final double SHARE = 0.125;

    private static final double LEAST_SECONDS = 0.5;

    private final Path segments;
    private final Path folder;
    private final double seconds;
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(Track track, Segment segment) {}

    /**
     * Prepares to decode.
     *
     * @param presentation what was verified but for that
     * @param segments the folder with its files
     * @param folder an empty one, for what is read and written
     */
    public Decoding(Presentation presentation, Path segments, Path folder) {
        this.segments = segments;
        this.folder = folder;
        this.seconds = Math.max(LEAST_SECONDS, presentation.end() * SHARE);
        for (Track track : presentation.tracks()) {
            samples.add(new Sample(track, track.first()));
            if (track.segments().size() > 1) {
                samples.add(new Sample(track, track.last()));
            }
        }
    }

    /** Writes what is decoded; ffmpeg then runs in the folder. */
    public List<String> prepare(String ffmpeg) throws IOException {
        for (int i = 0; i < samples.size(); i++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve(input(i)))) {
                Files.copy(segments.resolve(samples.get(i).track().init()), out);
                Files.copy(segments.resolve(samples.get(i).segment().file()), out);
            }
        }
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-hide_banner", "-v", "error"));
        // What ffmpeg could go on after, some player could not.
        command.add("-xerror");
        for (int i = 0; i < samples.size(); i++) {
            command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "mov"));
            command.addAll(List.of("-err_detect", "explode", "-threads", "2"));
            command.addAll(List.of("-t", String.format(Locale.ROOT, "%.3f", seconds), "-i", input(i)));
        }
        for (int i = 0; i < samples.size(); i++) {
            command.addAll(List.of("-map", Integer.toString(i)));
            // The frames themselves are of no interest.
            command.addAll(
                    samples.get(i).track().picture()
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
        for (int i = 0; i < samples.size(); i++) {
            Track track = samples.get(i).track();
            Path output = folder.resolve(output(i));
            String lines = Files.exists(output) ? Files.readString(output) : "";
            if (!FRAME.matcher(lines).find()) {
                throw Unplayable.because(
                        "%s does not decode", samples.get(i).segment().file());
            }
            Matcher size = SIZE.matcher(lines);
            if (track.picture() && (!size.find() || !size.group(1).equals(track.name()))) {
                throw Unplayable.because(
                        "%s does not decode to %s", samples.get(i).segment().file(), track.name());
            }
        }
    }

    private static String input(int i) {
        return i + ".mp4";
    }

    private static String output(int i) {
        return i + ".crc";
    }
}
