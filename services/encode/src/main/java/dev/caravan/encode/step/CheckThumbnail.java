package dev.caravan.encode.step;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.UploadedVideo;
import dev.caravan.encode.picture.UnusablePictureException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds the picture that is to be made anew among the objects in the body. */
@Component
public class CheckThumbnail implements Processor {

    private final long maxSize;

    CheckThumbnail(EncodeProperties properties) {
        this.maxSize = properties.maxThumbnailSize().toBytes();
    }

    /** @throws UnusablePictureException when it is not the one that was checked, is gone, or too large */
    @Override
    public void process(Exchange exchange) throws UnusablePictureException {
        Job job = Jobs.of(exchange);
        String key = Objects.requireNonNull(job.thumbnailKey());
        UploadedVideo.Picture sent = job.video().thumbnail();
        S3Object found = Listing.find(exchange, key);
        if (found == null) {
            if (sent == null || sent.sent()) {
                throw new UnusablePictureException("was not found");
            }
            return;
        }
        UploadedVideo.Checked checked = sent == null || !sent.key().equals(key) ? null : sent.checked();
        if (checked != null && !checked.is(found.size(), found.eTag())) {
            throw new UnusablePictureException(WarnOfThumbnail.CHANGED);
        }
        if (found.size() > maxSize) {
            throw new UnusablePictureException("is larger than allowed");
        }
        job.setThumbnailSource(new Job.Source(found.size(), found.eTag()));
    }
}
