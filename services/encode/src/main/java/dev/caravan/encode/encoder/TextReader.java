package dev.caravan.encode.encoder;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.media.FileTexts;
import dev.caravan.encode.media.Input;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.TextCommand;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes captions and chapters out of raw files, by ffmpeg in its jail. What can't be read is left out. */
public final class TextReader {

    private static final Logger log = LoggerFactory.getLogger(TextReader.class);

    private final EncodeProperties properties;
    private final Limits limits;
    private final Programs programs;
    private final ObjectMapper json;
    private final Tracer tracer;

    /** A reader. */
    public TextReader(EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json, Tracer tracer) {
        this.properties = properties;
        this.limits = limits;
        this.programs = programs;
        this.json = json;
        this.tracer = tracer;
    }

    /** What the file says it has; nothing when that can't be found out. */
    public FileTexts describe(Path source, Path folder) throws IOException, InterruptedException {
        Outcome outcome = Spans.within(
                tracer,
                "ffprobe",
                () -> programs.run(
                        TextCommand.probe(properties.ffprobe(), Input.of(source, folder), limits),
                        Workspace.of(folder),
                        properties.caps(properties.probeTimeout())));
        if (!outcome.isSuccess()) {
            log.info("ffprobe finds no texts in {}: {}", source, outcome.errorLine());
            return new FileTexts(List.of(), List.of());
        }
        return FileTexts.read(json.readTree(outcome.output()));
    }

    /**
     * The WebVTT of each track that can be read and is not too large.
     *
     * @param zero when the video begins in the time of the file, in seconds
     * @param progress is called meanwhile; what it throws ends it
     */
    public Map<FileTexts.Track, String> read(
            Path source, Path folder, double zero, List<FileTexts.Track> tracks, ProgressListener progress)
            throws IOException, InterruptedException {
        Outcome outcome = Spans.within(
                tracer,
                "ffmpeg",
                () -> programs.run(
                        TextCommand.of(properties.ffmpeg(), Input.of(source, folder), zero, tracks, limits),
                        Workspace.of(folder),
                        properties.caps(properties.timeout()),
                        progress));
        if (!outcome.isSuccess()) {
            log.info("ffmpeg cannot read the texts of {}: {}", source, outcome.errorLine());
        }
        Map<FileTexts.Track, String> texts = new LinkedHashMap<>();
        for (FileTexts.Track track : tracks) {
            Path file = folder.resolve(TextCommand.file(track.index()));
            String text = outcome.isSuccess() ? text(file) : "";
            if (!text.isEmpty()) {
                texts.put(track, text);
            }
            Files.deleteIfExists(file);
        }
        return texts;
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) >= TextCommand.LARGEST) {
            return "";
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}
