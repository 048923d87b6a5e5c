package dev.caravan.encode.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of ffprobe. */
public final class ProbeCommand {

    /** Nothing that an uploader can fill with megabytes of text. */
    private static final String ENTRIES = "format=format_name,duration"
            + ":stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,field_order,color_transfer"
            + ",r_frame_rate,avg_frame_rate,duration"
            + ":stream_disposition=default,attached_pic"
            + ":stream_side_data=rotation";

    private ProbeCommand() {}

    /** Reports on {@code source} as JSON. */
    public static List<String> of(String ffprobe, Path source, Limits limits) {
        List<String> command = new ArrayList<>(List.of(ffprobe, "-hide_banner", "-v", "error"));
        command.addAll(HostileInput.guards(limits.pixels()));
        command.addAll(List.of("-show_entries", ENTRIES, "-print_format", "json", "-i", source.toString()));
        return List.copyOf(command);
    }
}
