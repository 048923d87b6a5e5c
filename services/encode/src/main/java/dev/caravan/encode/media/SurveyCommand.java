package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines that read a file once without decoding its pictures: when is what, and what is heard. The sound is
 * kept as 48000 Hz and two channels, so that whatever it changes into on its way is settled before it is encoded.
 *
 * <p>Pictures are copied along because ffmpeg mends jumps of time stamps by the streams that it reads: it has to read
 * the same ones here and when it encodes.
 */
public final class SurveyCommand {

    /** The sound, in the job's folder. */
    public static final String SOUND = "sound.nut";
    /** The picture of sound alone, in the job's folder. */
    public static final String STILL = "still.png";
    /** When the decoded sound is heard. */
    public static final String HEARD = "heard.txt";

    static final int SAMPLE_RATE = 48_000;

    /** Beyond this ffmpeg knows no usual order of channels. */
    private static final int MOST_USUAL_CHANNELS = 8;

    private static final String WAVEFORM_SIZE = "1280x720";

    private SurveyCommand() {}

    /** A sound beside the first one, in the job's folder. */
    static String sound(int stream) {
        return "sound-" + stream + ".nut";
    }

    /** All channels of a sound, in the job's folder. */
    static String surround(int stream) {
        return "surround-" + stream + ".nut";
    }

    /** What is kept of a sound beside the first one. */
    public static List<String> further(int stream) {
        return List.of(sound(stream), surround(stream));
    }

    /** When a decoded sound beside the first one is heard, in the job's folder. */
    public static String heard(int stream) {
        return "heard-" + stream + ".txt";
    }

    /** The list of a stream's packets, in the job's folder. */
    public static String packets(int stream) {
        return "packets-" + stream + ".txt";
    }

    /**
     * Reads all of {@code source}; progress goes to standard output, errors to standard error.
     *
     * @param sounds that are decoded, the one to play first
     */
    public static List<String> of(
            String ffmpeg, Input source, Contents contents, List<AudioStream> sounds, Limits limits) {
        Path folder = source.folder();
        List<String> command = new ArrayList<>(beginning(ffmpeg));
        command.addAll(HostileInput.guards(source, limits.pixels()));
        // One second more than allowed, so that a longer one is noticed and bounded.
        command.addAll(List.of("-t", Long.toString(limits.duration().toSeconds() + 1), "-i", source.name()));
        // One graph each: where a sound changes midway, its own is made anew.
        for (int i = 0; i < sounds.size(); i++) {
            command.addAll(List.of("-filter_complex", filters(sounds.get(i), i)));
        }
        for (int i = 0; i < sounds.size(); i++) {
            AudioStream sound = sounds.get(i);
            int stream = sound.index();
            command.addAll(pcm("[sound" + number(i) + "]", "nut", folder.resolve(i == 0 ? SOUND : sound(stream))));
            command.addAll(pcm("[heard" + number(i) + "]", "framecrc", folder.resolve(i == 0 ? HEARD : heard(stream))));
            if (sound.surround()) {
                command.addAll(pcm("[surround" + number(i) + "]", "nut", folder.resolve(surround(stream))));
            }
            command.addAll(list(0, stream, folder));
        }
        contents.pictures().forEach(picture -> command.addAll(list(0, picture.index(), folder)));
        return List.copyOf(command);
    }

    /** Of labels; the first has none. */
    static String number(int i) {
        return i == 0 ? "" : Integer.toString(i);
    }

    private static List<String> pcm(String label, String format, Path file) {
        return List.of("-map", label, "-c:a", "pcm_s16le", "-f", format, file.toString());
    }

    static List<String> beginning(String ffmpeg) {
        return List.of(
                ffmpeg,
                "-nostdin",
                "-hide_banner",
                "-y",
                "-v",
                "error",
                "-nostats",
                "-progress",
                "pipe:1",
                // However much of it cannot be decoded.
                "-max_error_rate",
                "1");
    }

    /** Lists the packets of a stream. */
    static List<String> list(int input, int stream, Path folder) {
        return List.of(
                "-map",
                input + ":" + stream,
                "-c",
                "copy",
                "-copyinkf",
                "-f",
                "framecrc",
                folder.resolve(packets(stream)).toString());
    }

    private static String filters(AudioStream sound, int i) {
        String mixed = sound.arranged() ? "" : mix(sound.channels()) + ",";
        String input = "[0:" + sound.index() + "]" + mixed + "aresample=" + SAMPLE_RATE;
        String stereo = "aformat=sample_fmts=s16:channel_layouts=stereo,asplit=2[sound" + number(i) + "][heard"
                + number(i) + "]";
        return sound.surround()
                ? input + ",asplit=2[whole][mixed];[mixed]" + stereo
                        + ";[whole]aformat=sample_fmts=s16:channel_layouts=5.1[surround" + number(i) + "]"
                : input + "," + stereo;
    }

    /** Channels of no known order: every other one to the left, as most have it, the others to the right. */
    private static String mix(int channels) {
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            (i % 2 == 0 ? left : right).add("c" + i);
        }
        return "pan=stereo|FL<" + String.join("+", left) + "|FR<" + String.join("+", right);
    }

    /** Whether ffmpeg knows an order of this many channels. */
    static boolean isUsual(int channels) {
        return channels <= MOST_USUAL_CHANNELS;
    }

    /**
     * Takes the owner's picture for the one of sound alone.
     *
     * @param picture a JPEG that was made of it
     */
    public static List<String> given(String ffmpeg, Path picture, Path folder, Limits limits) {
        List<String> command = new ArrayList<>(beginning(ffmpeg));
        command.addAll(HostileInput.guards(limits.pixels(), "jpeg_pipe"));
        command.addAll(List.of("-f", "jpeg_pipe", "-i", picture.toString()));
        command.addAll(still("0:v", folder));
        return List.copyOf(command);
    }

    /** Takes the cover for the picture of sound alone. */
    public static List<String> cover(String ffmpeg, Input source, Path folder, VideoStream cover, Limits limits) {
        List<String> command = new ArrayList<>(beginning(ffmpeg));
        command.addAll(HostileInput.guards(source, limits.pixels()));
        command.addAll(List.of("-i", source.name()));
        command.addAll(still("0:" + cover.index(), folder));
        return List.copyOf(command);
    }

    /** Reads the sound that was kept. */
    static List<String> sound(Path sound, Limits limits) {
        boolean listed = sound.endsWith(Joined.SOUND);
        List<String> input = new ArrayList<>(HostileInput.guards(limits.pixels(), listed ? "concat,nut" : "nut"));
        input.addAll(List.of("-f", listed ? "concat" : "nut", "-i", sound.toString()));
        return input;
    }

    /** Draws the sound, for the picture of sound alone. */
    public static List<String> waveform(String ffmpeg, Path sound, Path folder, Limits limits) {
        List<String> command = new ArrayList<>(beginning(ffmpeg));
        command.addAll(sound(sound, limits));
        command.addAll(List.of(
                "-filter_complex",
                "[0:a]aformat=channel_layouts=mono,showwavespic=s=" + WAVEFORM_SIZE
                        + ":colors=0x5ab0f0:scale=sqrt[still]"));
        command.addAll(still("[still]", folder));
        return List.copyOf(command);
    }

    private static List<String> still(String picture, Path folder) {
        List<String> output = new ArrayList<>(List.of("-map", picture, "-map_metadata", "-1", "-frames:v", "1"));
        output.addAll(List.of("-c:v", "png", "-pix_fmt", "rgb24", "-f", "image2", "-update", "1"));
        output.add(folder.resolve(STILL).toString());
        return output;
    }
}
