package dev.caravan.encode.step;

import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.ffmpeg.DiskUse;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.EncodedVideo;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the groups of renditions in the job's output folder together, under one manifest of each kind, and measures them. */
@Component
public class FinishEncoding implements Processor {

    private final Encoder encoder;
    private final MeterRegistry meters;

    FinishEncoding(Encoder encoder, MeterRegistry meters) {
        this.encoder = encoder;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        EncodedVideo encoded = encoder.finish(job.outputFolder(), job.plan(), job.losses());
        job.setEncoded(encoded);
        measure(job, encoded, job.encodingSeconds());
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
