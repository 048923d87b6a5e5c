package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.UploadedVideo;
import dev.caravan.encode.media.Limits;
import dev.caravan.encode.media.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the raw file among the objects in the body; throws a fault when it is not there, not the one that was checked, or of
 * no acceptable size.
 */
@Component
public class CheckSource implements Processor {

    private final Limits limits;

    CheckSource(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        S3Object source = Listing.find(exchange, job.sourceKey());
        if (source == null) {
            throw Refusal.MISSING.fault();
        }
        UploadedVideo.Checked checked = job.video().checked();
        if (checked != null && !checked.is(source.size(), source.eTag())) {
            throw Refusal.CHANGED.fault();
        }
        limits.checkSize(source.size());
        job.setSource(new Job.Source(source.size(), source.eTag()));
    }
}
