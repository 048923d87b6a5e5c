package dev.caravan.encode.step;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.ffmpeg.FrameProgress;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.RenditionGroup;
import dev.caravan.encode.presentation.Growth;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.bramp.ffmpeg.progress.ProgressListener;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the group of renditions whose turn it is in the loop, into the job's output folder; throws a fault when the video turns out to be bad. */
@Component
public class RunEncoding implements Processor {

    private static final int PER_CENT = 100;

    private final Encoder encoder;
    private final EncodeProperties properties;
    private final ProgressReports reports;
    private final GrowthReports growths;

    RunEncoding(Encoder encoder, EncodeProperties properties, ProgressReports reports, GrowthReports growths) {
        this.encoder = encoder;
        this.properties = properties;
        this.reports = reports;
        this.growths = growths;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        RenditionGroup group = job.groups().get(exchange.getProperty(ExchangePropertyKey.LOOP_INDEX, Integer.class));
        Growth growth =
                group.grows() ? new Growth(job.outputFolder(), group, properties.style(), System::nanoTime) : null;
        if (growth != null) {
            job.setGrowth(growth);
        }
        long start = System.nanoTime();
        ProgressListener progress = progress(job, group);
        job.setLosses(encoder.encode(job.sourceFile(), job.folder(), job.outputFolder(), job.plan(), group, report -> {
            // ffmpeg reports twice a second; it is killed when its report is answered with an exception.
            job.ensureHeld();
            progress.progress(report);
            report(job, growth);
        }));
        job.ensureHeld();
        job.setEncodingSeconds(job.encodingSeconds() + (System.nanoTime() - start) / 1e9);
        if (growth != null) {
            growth.end();
            report(job, growth);
        }
    }

    private void report(Job job, @Nullable Growth growth) {
        try {
            if (growth != null) {
                growths.report(job, growth);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all groups together. */
    private ProgressListener progress(Job job, RenditionGroup group) {
        double before = 0;
        for (RenditionGroup each : job.groups().subList(0, job.groups().indexOf(group))) {
            before += each.share(job.plan());
        }
        double from = before;
        double share = group.equals(job.groups().get(job.groups().size() - 1)) ? 1 - from : group.share(job.plan());
        return new FrameProgress(
                job.plan().frames(),
                System::nanoTime,
                percent -> reports.report(job, (int) (PER_CENT * from + percent * share)));
    }
}
