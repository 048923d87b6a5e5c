package dev.caravan.encode.encoder;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Cap;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.Plan;
import dev.caravan.encode.media.ProbeCommand;
import dev.caravan.encode.media.ProbeReport;
import dev.caravan.encode.media.Refusal;
import dev.caravan.encode.presentation.Manifests;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Path;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at raw files and encodes them. A fault says that a video is bad, an IOException that the platform is. */
public final class Encoder {

    private static final Logger log = LoggerFactory.getLogger(Encoder.class);

    private final EncodeProperties properties;
    private final Limits limits;
    private final Programs programs;
    private final ObjectMapper json;
    private final Tracer tracer;

    /** An encoder. */
    public Encoder(EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json, Tracer tracer) {
        this.properties = properties;
        this.limits = limits;
        this.programs = programs;
        this.json = json;
        this.tracer = tracer;
    }

    /**
     * Finds out what a file is.
     *
     * @param source the file
     * @param folder the only one that is seen, with the file in it
     * @throws dev.caravan.kernel.Fault when it is no video that is accepted
     */
    public Media probe(Path source, Path folder) throws IOException, InterruptedException {
        Outcome outcome = Spans.within(
                tracer,
                "ffprobe",
                () -> programs.run(
                        ProbeCommand.of(properties.ffprobe(), source, limits),
                        Workspace.of(folder),
                        properties.caps(properties.probeTimeout())));
        if (!outcome.isSuccess()) {
            log.info("ffprobe cannot read {}: code {}, {}", source, outcome.exitCode(), outcome.errorLine());
            check("ffprobe", outcome, Refusal.NOT_A_VIDEO);
            throw Diagnosis.ofProbe(outcome.errors()).fault();
        }
        Media media = ProbeReport.read(json.readTree(outcome.output()));
        limits.check(media);
        return media;
    }

    /**
     * Encodes a file as planned.
     *
     * @param source the file
     * @param folder the only one that is seen, with the file and the output folder in it
     * @param output an empty folder
     * @param progress is told how far it is; what it throws ends the encoding
     * @throws dev.caravan.kernel.Fault when the video turns out to be bad, or what was made of it
     */
    public EncodedVideo encode(Path source, Path folder, Path output, Plan plan, ProgressListener progress)
            throws IOException, InterruptedException {
        Outcome outcome = Spans.within(
                tracer,
                "ffmpeg",
                () -> programs.run(
                        EncodeCommand.of(properties.ffmpeg(), source, plan, properties.style(), limits),
                        new Workspace(folder, output),
                        properties
                                .caps(properties.timeout())
                                .withOutput(plan.mostBytes(
                                        limits.duration(), properties.style().audioBitrate())),
                        progress));
        if (!outcome.isSuccess()) {
            log.info("ffmpeg cannot encode {}: code {}, {}", source, outcome.exitCode(), outcome.errorLine());
            check("ffmpeg", outcome, Refusal.TOO_SLOW);
            throw Diagnosis.ofEncoding(outcome.errors()).fault();
        }
        EncodedVideo encoded = Manifests.correct(output);
        limits.checkDuration(encoded.seconds());
        if (Diagnosis.isCutShort(plan.media(), encoded.seconds(), outcome.errors())) {
            throw Refusal.TRUNCATED.fault();
        }
        return encoded;
    }

    /** Throws what a program was ended for, or what would have ended it with any video. */
    private static void check(String program, Outcome outcome, Refusal whenSlow) throws IOException {
        Cap cap = outcome.cap();
        if (cap == null) {
            if (Diagnosis.isTooLarge(outcome.exitCode(), outcome.errors())) {
                throw Refusal.OUTPUT_TOO_LARGE.fault();
            }
            if (Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
                throw new IOException(program + " failed with code " + outcome.exitCode() + ": " + outcome.errorLine());
            }
            return;
        }
        switch (cap) {
            case TIME -> throw whenSlow.fault();
            case MEMORY, THREADS -> throw Refusal.TOO_COMPLEX.fault();
            case OUTPUT -> throw Refusal.OUTPUT_TOO_LARGE.fault();
            case PLAIN_FILES -> throw Refusal.DAMAGED.fault();
            case DISK -> throw new IOException(program + " was ended because the disk is nearly full.");
        }
    }
}
