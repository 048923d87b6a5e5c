package dev.caravan.encode.media;

import java.util.ArrayList;
import java.util.List;

/** The command lines of ffprobe. */
public final class ProbeCommand {

    /** Little that an uploader can fill with text; one who fills it with megabytes is refused. */
    private static final String ENTRIES = "format=format_name,duration"
            + ":stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,field_order,pix_fmt,color_space"
            + ",color_primaries,color_transfer,r_frame_rate,avg_frame_rate,channels,channel_layout,duration,nb_frames"
            + ":stream_disposition=default,attached_pic,visual_impaired,descriptions"
            + ":stream_tags=language,title"
            + ":stream_side_data=rotation";

    private static final String SAMPLED_SECONDS = "5";

    private ProbeCommand() {}

    /** Reports on {@code source} as JSON. */
    public static List<String> of(String ffprobe, Input source, Limits limits) {
        return command(ffprobe, source, limits, "-show_entries", ENTRIES, "-print_format", "json");
    }

    /** Decodes the beginning of each stream, of pictures the keyframes: a line for {@link Samples} of each. */
    public static List<String> samples(String ffprobe, Input source, Limits limits) {
        return command(
                ffprobe,
                source,
                limits,
                "-skip_frame",
                "nokey",
                "-read_intervals",
                "%+" + SAMPLED_SECONDS,
                "-show_entries",
                "frame=stream_index,width,height",
                "-print_format",
                "compact=print_section=0");
    }

    /** Lists when each packet is decoded, as the file has it: a line for {@link Jumps} of each. */
    public static List<String> times(String ffprobe, Input source, Limits limits) {
        return command(
                ffprobe,
                source,
                limits,
                "-show_entries",
                "packet=stream_index,dts_time",
                "-print_format",
                "compact=print_section=0:nokey=1");
    }

    static List<String> command(String ffprobe, Input source, Limits limits, String... what) {
        List<String> command = new ArrayList<>(List.of(ffprobe, "-hide_banner", "-v", "error"));
        command.addAll(HostileInput.guards(source, limits.pixels()));
        command.addAll(List.of(what));
        command.addAll(List.of("-i", source.name()));
        return List.copyOf(command);
    }
}
