package dev.caravan.encode;

import dev.caravan.embedded.FfmpegBinaries;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.media.EncodeCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an encoding made, as a player sees and hears it: a grid of colours a frame, and how loud it is. */
final class Result {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int GRID = 8;
    private static final int RATE = 8000;
    private static final Pattern REPRESENTATION =
            Pattern.compile("<Representation(?=[^>]* id=\"([\\w-]+)\")[^>]* mimeType=\"(\\w+)/");

    private final FfmpegBinaries binaries;
    private final Programs programs;
    private final Path output;
    private final Path folder;
    private String picture = "";
    private String sound = "";
    private int pictures;
    private byte[] frames = new byte[0];
    private byte[] samples = new byte[0];
    private double rate = 25;

    /**
     * Reads it.
     *
     * @param output what was made
     * @param folder an empty one
     */
    Result(FfmpegBinaries binaries, Programs programs, Path output, Path folder) throws Exception {
        this(binaries, programs, output, folder, -1);
    }

    /** @param track which of all tracks, from 0, is heard; negative for the sound to play */
    Result(FfmpegBinaries binaries, Programs programs, Path output, Path folder, int track) throws Exception {
        this.binaries = binaries;
        this.programs = programs;
        this.output = output;
        this.folder = folder;
        Matcher representation = REPRESENTATION.matcher(Files.readString(output.resolve(EncodeCommand.DASH)));
        List<String> tracks = new ArrayList<>();
        while (representation.find()) {
            String id = representation.group(1);
            tracks.add(id);
            if (representation.group(2).equals("video")) {
                picture = picture.isEmpty() ? id : picture;
                pictures++;
            } else {
                sound = sound.isEmpty() ? id : sound;
            }
        }
        sound = track < 0 ? sound : tracks.get(track);
        read();
    }

    private void read() throws Exception {
        Path seen = joined(picture);
        String said = run(
                binaries.ffprobe(), "-v error -show_entries stream=r_frame_rate -of default=nw=1:nk=1 -i", seen, "");
        String[] ratio = said.strip().split("/");
        rate = Double.parseDouble(ratio[0]) / Double.parseDouble(ratio[1]);
        Path raw = folder.resolve("frames.rgb");
        run(
                binaries.ffmpeg(),
                "-nostdin -v error -xerror -i",
                seen,
                "-fps_mode passthrough -vf scale=" + GRID + ":" + GRID + ":flags=area+accurate_rnd+full_chroma_int"
                        + " -pix_fmt rgb24 -f rawvideo " + raw);
        frames = Files.readAllBytes(raw);
        if (hasSound()) {
            Path pcm = folder.resolve("samples.pcm");
            run(
                    binaries.ffmpeg(),
                    "-nostdin -v error -xerror -i",
                    joined(sound),
                    "-af aresample=" + RATE + ":async=1:first_pts=0 -ac 1 -f s16le " + pcm);
            samples = Files.readAllBytes(pcm);
        }
    }

    private String run(Path program, String before, Path file, String after) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(before.split(" ")));
        command.add(file.toString());
        Stream.of(after.split(" ")).filter(word -> !word.isEmpty()).forEach(command::add);
        var outcome = programs.run(command, folder, LIMIT);
        if (!outcome.isSuccess()) {
            throw new AssertionError("What was made does not play: " + outcome.errorLine());
        }
        return outcome.output();
    }

    private Path joined(String representation) throws IOException {
        Path file = folder.resolve("joined-" + representation + ".mp4");
        try (OutputStream out = Files.newOutputStream(file);
                Stream<Path> files = Files.list(output)) {
            Files.copy(output.resolve("init-" + representation + ".mp4"), out);
            for (Path segment : files.filter(
                            path -> path.getFileName().toString().startsWith("segment-" + representation + "-"))
                    .sorted()
                    .toList()) {
                Files.copy(segment, out);
            }
        }
        return file;
    }

    boolean hasSound() {
        return !sound.isEmpty();
    }

    int pictures() {
        return pictures;
    }

    /** Frames a second. */
    double rate() {
        return rate;
    }

    /** How long it is seen. */
    double seenSeconds() {
        return frames.length / 3.0 / GRID / GRID / rate;
    }

    /** How long it is heard, silence too; 0 without sound. */
    double heardSeconds() {
        return samples.length / 2.0 / RATE;
    }

    /** A colour as 0xrrggbb, at a place in a grid of eight by eight; -1 when nothing is seen any more. */
    int colour(double at, int x, int y) {
        int frame = (int) Math.floor(at * rate + 1e-6);
        int offset = ((frame * GRID + y) * GRID + x) * 3;
        return offset + 2 >= frames.length
                ? -1
                : (frames[offset] & 0xff) << 16 | (frames[offset + 1] & 0xff) << 8 | frames[offset + 2] & 0xff;
    }

    /** How often a second it goes up through silence, in half a second. */
    double pitch(double at) {
        ByteBuffer pcm = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) (at * RATE);
        int last = Math.min(samples.length / 2, first + RATE / 2);
        int rises = 0;
        for (int i = first + 1; i < last; i++) {
            rises += pcm.getShort(2 * i - 2) < 0 && pcm.getShort(2 * i) >= 0 ? 1 : 0;
        }
        return 2.0 * rises;
    }

    /** Root of the mean square of a tenth of a second, 0 to 1. */
    double loudness(double at) {
        ByteBuffer pcm = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) (at * RATE);
        int last = Math.min(samples.length / 2, first + RATE / 10);
        double sum = 0;
        for (int i = first; i < last; i++) {
            double sample = pcm.getShort(2 * i) / 32768.0;
            sum += sample * sample;
        }
        return last <= first ? 0 : Math.sqrt(sum / (last - first));
    }
}
