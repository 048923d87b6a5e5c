package dev.caravan.encode.encoder;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes one file of a picture and a sound that are stored apart, by ffmpeg in its jail. */
@Component
public final class DownloadMaker {

    /** More than what a file has beside its samples comes to, for each byte of them and at least. */
    private static final int FACTOR = 2;

    private static final long LEAST_OUTPUT = 1 << 20;

    private final EncodeProperties properties;
    private final Programs programs;
    private final Tracer tracer;

    /** A maker. */
    public DownloadMaker(EncodeProperties properties, Programs programs, Tracer tracer) {
        this.properties = properties;
        this.programs = programs;
        this.tracer = tracer;
    }

    /**
     * Copies both as they are into a file that says at its beginning what is where in it, so that it plays while it comes.
     *
     * @param sound null for none
     * @param folder the only one that is seen, with all of them
     */
    public void make(Path picture, @Nullable Path sound, Path file, Path folder)
            throws IOException, InterruptedException {
        long bytes = Files.size(picture) + (sound == null ? 0 : Files.size(sound));
        Outcome outcome = Spans.within(
                tracer,
                "ffmpeg",
                () -> programs.run(
                        command(picture, sound, file),
                        Workspace.of(folder),
                        properties.caps(properties.timeout()).withOutput(FACTOR * bytes + LEAST_OUTPUT)));
        if (!outcome.isSuccess() || !Files.isRegularFile(file) || Files.size(file) == 0) {
            throw new IOException(
                    "ffmpeg makes no file to download: code " + outcome.exitCode() + ", " + outcome.errorLine());
        }
    }

    private List<String> command(Path picture, @Nullable Path sound, Path file) {
        List<String> command = new ArrayList<>(
                List.of(properties.ffmpeg(), "-nostdin", "-hide_banner", "-v", "error", "-nostats", "-xerror", "-y"));
        // Both have the time of the video, which one that begins later has to keep.
        command.add("-copyts");
        addInput(command, picture);
        if (sound != null) {
            addInput(command, sound);
        }
        command.addAll(List.of("-map", "0:v"));
        if (sound != null) {
            command.addAll(List.of("-map", "1:a"));
        }
        command.addAll(List.of("-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact"));
        command.addAll(List.of("-movflags", "+faststart", "-f", "mp4", file.toString()));
        return List.copyOf(command);
    }

    private static void addInput(List<String> command, Path file) {
        command.addAll(List.of("-protocol_whitelist", "file", "-format_whitelist", "mov", "-i", file.toString()));
    }
}
