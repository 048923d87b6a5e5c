package dev.caravan.encode.encoder;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.picture.UnusablePictureException;
import dev.caravan.encode.presentation.DashManifest;
import dev.caravan.encode.presentation.Storyboard;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes storyboards of what was encoded, by ffmpeg in its jail. */
@Component
public final class StoryboardMaker {

    private static final Logger log = LoggerFactory.getLogger(StoryboardMaker.class);
    /** More than a sheet comes to, whatever it shows. */
    private static final long MOST_OUTPUT = 16L << 20;

    private final EncodeProperties properties;
    private final Programs programs;
    private final Tracer tracer;

    /** A maker. */
    public StoryboardMaker(EncodeProperties properties, Programs programs, Tracer tracer) {
        this.properties = properties;
        this.programs = programs;
        this.tracer = tracer;
    }

    /**
     * Adds the storyboard to an encoding that was verified: its sheet, its text, and its set in the DASH manifest, which
     * stays as it is when there is none.
     *
     * @param output the folder with the encoding
     * @param folder the only one that is seen; the files that this takes lie in it until it ends
     * @throws UnusablePictureException when no sheet came out, whoever is at fault: a video plays without one
     */
    public void make(Path output, Path folder) throws IOException, InterruptedException, UnusablePictureException {
        DashManifest dash = DashManifest.read(output.resolve(EncodeCommand.DASH));
        Storyboard storyboard =
                Storyboard.of(dash.presentation(), properties.style().keyframeSeconds());
        Path work = folder.resolve("storyboard");
        WorkFolder.empty(work);
        try {
            Path video = work.resolve("video.mp4");
            Path sheet = work.resolve(Storyboard.SHEET);
            storyboard.join(output, video);
            draw(storyboard.command(properties.ffmpeg(), video, sheet), new Workspace(folder, work));
            // Versions differ in whether it is a failure when nothing could be decoded.
            if (!Files.isRegularFile(sheet, LinkOption.NOFOLLOW_LINKS) || Files.size(sheet) == 0) {
                throw new UnusablePictureException("nothing could be decoded");
            }
            Files.move(sheet, output.resolve(Storyboard.SHEET), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            WorkFolder.remove(work);
        }
        Files.writeString(output.resolve(Storyboard.TEXT), storyboard.text());
        dash.add(storyboard, Files.size(output.resolve(Storyboard.SHEET)));
    }

    private void draw(List<String> command, Workspace workspace)
            throws IOException, InterruptedException, UnusablePictureException {
        Outcome outcome = Spans.within(
                tracer,
                "ffmpeg",
                () -> programs.run(
                        command,
                        workspace,
                        properties.caps(properties.probeTimeout()).withOutput(MOST_OUTPUT)));
        if (!outcome.isSuccess()) {
            log.warn("ffmpeg draws no storyboard: code {}, {}", outcome.exitCode(), outcome.errorLine());
            throw new UnusablePictureException("ffmpeg failed");
        }
    }
}
