package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.Media;
import dev.caravan.encode.media.ProbeCommand;
import dev.caravan.encode.media.ProbeReport;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds out what the raw file is; throws a fault when it is no video that is accepted. */
@Component
public class ProbeSource implements Processor {

    private static final Logger log = LoggerFactory.getLogger(ProbeSource.class);

    private final EncodeProperties properties;
    private final Limits limits;
    private final Programs programs;
    private final ObjectMapper json;

    ProbeSource(EncodeProperties properties, Limits limits, Programs programs, ObjectMapper json) {
        this.properties = properties;
        this.limits = limits;
        this.programs = programs;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        Outcome outcome = programs.run(
                ProbeCommand.of(properties.ffprobe(), job.sourceFile(), limits),
                job.folder(),
                properties.probeTimeout());
        if (!outcome.isSuccess()) {
            log.info(
                    "ffprobe cannot read video {}: code {}, {}",
                    job.video().videoId(),
                    outcome.exitCode(),
                    outcome.errorLine());
            if (!outcome.timedOut() && Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
                throw new IOException("ffprobe failed with code " + outcome.exitCode() + ": " + outcome.errorLine());
            }
            throw Diagnosis.ofProbe(outcome.errors()).fault();
        }
        Media media = ProbeReport.read(json.readTree(outcome.output()));
        limits.check(media);
        job.setMedia(media);
    }
}
