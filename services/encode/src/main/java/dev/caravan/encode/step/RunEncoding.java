package dev.caravan.encode.step;

import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.ffmpeg.DiskUse;
import dev.caravan.encode.ffmpeg.FrameProgress;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.EncodedVideo;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Encodes as planned, into the job's output folder; throws a fault when the video turns out to be bad. */
@Component
public class RunEncoding implements Processor {

    private final Encoder encoder;
    private final ProgressReports reports;
    private final MeterRegistry meters;

    RunEncoding(Encoder encoder, ProgressReports reports, MeterRegistry meters) {
        this.encoder = encoder;
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
        EncodedVideo encoded =
                encoder.encode(job.sourceFile(), job.folder(), job.outputFolder(), job.plan(), report -> {
                    // ffmpeg reports twice a second; it is killed when its report is answered with an exception.
                    job.ensureHeld();
                    progress.progress(report);
                });
        job.ensureHeld();
        job.setEncoded(encoded);
        measure(job, encoded, (System.nanoTime() - start) / 1e9);
    }

    /** Video seconds by seconds is the speed of all together, whatever their lengths. */
    private void measure(Job job, EncodedVideo encoded, double seconds) throws IOException {
        meters.summary("encode.speed").record(encoded.seconds() / seconds);
        meters.counter("encode.seconds").increment(seconds);
        meters.counter("encode.video.seconds").increment(encoded.seconds());
        meters.counter("encode.renditions").increment(encoded.renditions().size());
        meters.counter("encode.source.bytes").increment(Files.size(job.sourceFile()));
        meters.counter("encode.output.bytes")
                .increment(DiskUse.of(job.outputFolder()).bytes());
    }
}
