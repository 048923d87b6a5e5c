package dev.caravan.encode.encoder;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.ffmpeg.Workspace;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.encode.media.Refusal;
import dev.caravan.encode.presentation.Decoding;
import dev.caravan.encode.presentation.Presentation;
import dev.caravan.kernel.trace.Spans;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Decodes what was encoded. A fault says that it does not play, an IOException that the platform could not find out. */
@Component
public final class Verifier {

    private static final Logger log = LoggerFactory.getLogger(Verifier.class);

    private final EncodeProperties properties;
    private final Programs programs;
    private final Tracer tracer;

    /** A verifier. */
    public Verifier(EncodeProperties properties, Programs programs, Tracer tracer) {
        this.properties = properties;
        this.programs = programs;
        this.tracer = tracer;
    }

    /**
     * Decodes the first and the last segment of each track.
     *
     * @param presentation what a player is offered
     * @param segments the folder with its files
     * @param folder the only one that is seen; the files that this takes lie in it until it ends
     * @throws dev.caravan.kernel.Fault when one does not decode
     */
    public void decode(Presentation presentation, Path segments, Path folder) throws IOException, InterruptedException {
        Path work = folder.resolve("verified");
        WorkFolder.empty(work);
        try {
            Decoding decoding = new Decoding(presentation, segments, work);
            var command = decoding.prepare(properties.ffmpeg());
            Outcome outcome = Spans.within(
                    tracer,
                    "ffmpeg",
                    () -> programs.run(
                            command, new Workspace(folder, work), properties.caps(properties.probeTimeout())));
            if (!outcome.isSuccess()) {
                if (outcome.cap() != null || Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
                    throw new IOException("What was encoded could not be decoded: code " + outcome.exitCode() + ", "
                            + outcome.errorLine());
                }
                log.warn("What was encoded does not decode: code {}, {}", outcome.exitCode(), outcome.errorLine());
                throw Refusal.UNPLAYABLE.fault("a segment does not decode");
            }
            decoding.check();
        } finally {
            WorkFolder.remove(work);
        }
    }
}
