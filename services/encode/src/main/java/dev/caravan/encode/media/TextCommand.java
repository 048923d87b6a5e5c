package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command lines that find and take out the texts of a file. */
public final class TextCommand {

    /** Bytes of one text; ffmpeg ends it there. */
    public static final int LARGEST = 500_000;

    private static final String ENTRIES =
            "stream=index,codec_name:stream_tags=language,title:stream_disposition=default"
                    + ":chapter=start_time:chapter_tags=title";

    private TextCommand() {}

    /** Reports on {@code source} as JSON, for {@link FileTexts}. */
    public static List<String> probe(String ffprobe, Input source, Limits limits) {
        return ProbeCommand.command(ffprobe, source, limits, "-show_entries", ENTRIES, "-print_format", "json");
    }

    /** The WebVTT of a stream, in the job's folder. */
    public static String file(int stream) {
        return "text-" + stream + ".vtt";
    }

    /**
     * Makes WebVTT of each track.
     *
     * @param zero when the video begins in the time of the file, in seconds
     */
    public static List<String> of(
            String ffmpeg, Input source, double zero, List<FileTexts.Track> tracks, Limits limits) {
        Path folder = source.folder();
        List<String> command = new ArrayList<>(SurveyCommand.beginning(ffmpeg));
        command.addAll(HostileInput.guards(source, limits.pixels()));
        command.addAll(List.of("-itsoffset", String.format(Locale.ROOT, "%.3f", -zero), "-i", source.name()));
        for (FileTexts.Track track : tracks) {
            command.addAll(List.of("-map", "0:" + track.index(), "-map_metadata", "-1", "-c:s", "webvtt"));
            command.addAll(List.of("-fs", Integer.toString(LARGEST), "-f", "webvtt"));
            command.add(folder.resolve(file(track.index())).toString());
        }
        return List.copyOf(command);
    }
}
