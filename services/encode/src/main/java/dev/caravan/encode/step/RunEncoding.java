package dev.caravan.encode.step;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.ffmpeg.FrameProgress;
import dev.caravan.encode.ffmpeg.Outcome;
import dev.caravan.encode.ffmpeg.Programs;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.DashManifest;
import dev.caravan.encode.media.Diagnosis;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.media.EncodedVideo;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Encodes as planned, into the job's output folder; throws a fault when the video turns out to be bad. */
@Component
public class RunEncoding implements Processor {

    private static final Logger log = LoggerFactory.getLogger(RunEncoding.class);

    private final EncodeProperties properties;
    private final Limits limits;
    private final Programs programs;
    private final ProgressReports reports;
    private final MeterRegistry meters;

    RunEncoding(
            EncodeProperties properties,
            Limits limits,
            Programs programs,
            ProgressReports reports,
            MeterRegistry meters) {
        this.properties = properties;
        this.limits = limits;
        this.programs = programs;
        this.reports = reports;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        // A repeated run must not find files of the one before.
        WorkFolder.remove(job.outputFolder());
        Files.createDirectory(job.outputFolder());
        long start = System.nanoTime();
        ProgressListener progress =
                new FrameProgress(job.plan().frames(), System::nanoTime, percent -> reports.report(job, percent));
        Outcome outcome = programs.run(
                EncodeCommand.of(properties.ffmpeg(), job.sourceFile(), job.plan(), properties.style(), limits),
                job.outputFolder(),
                properties.timeout(),
                // ffmpeg reports twice a second; it is killed when its report is answered with an exception.
                report -> {
                    job.ensureHeld();
                    progress.progress(report);
                });
        job.ensureHeld();
        if (!outcome.isSuccess()) {
            throw failure(job, outcome);
        }
        EncodedVideo encoded = DashManifest.read(job.outputFolder().resolve(EncodeCommand.DASH));
        limits.checkDuration(encoded.seconds());
        if (Diagnosis.isCutShort(job.media(), encoded.seconds(), outcome.errors())) {
            throw Refusal.TRUNCATED.fault();
        }
        job.setEncoded(encoded);
        measure(encoded, (System.nanoTime() - start) / 1e9);
    }

    private RuntimeException failure(Job job, Outcome outcome) throws IOException {
        log.info(
                "ffmpeg cannot encode video {}: code {}, {}",
                job.video().videoId(),
                outcome.exitCode(),
                outcome.errorLine());
        if (outcome.timedOut()) {
            return Refusal.TOO_SLOW.fault();
        }
        if (Diagnosis.isOurs(outcome.exitCode(), outcome.errors())) {
            throw new IOException("ffmpeg failed with code " + outcome.exitCode() + ": " + outcome.errorLine());
        }
        return Diagnosis.ofEncoding(outcome.errors()).fault();
    }

    private void measure(EncodedVideo encoded, double seconds) {
        meters.summary("encode.speed").record(encoded.seconds() / seconds);
        meters.counter("encode.renditions").increment(encoded.renditions().size());
    }
}
