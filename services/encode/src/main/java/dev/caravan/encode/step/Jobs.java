package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.UploadedVideo;
import org.apache.camel.Exchange;

/** Where an exchange keeps what belongs to its job. */
final class Jobs {

    /** The {@link Job}. */
    static final String JOB = "job";
    /** The {@link UploadedVideo}. */
    static final String VIDEO = "video";
    /** The message as it came, bytes. */
    static final String DELIVERY = "delivery";

    private Jobs() {}

    static Job of(Exchange exchange) {
        return exchange.getProperty(JOB, Job.class);
    }

    static UploadedVideo video(Exchange exchange) {
        return exchange.getProperty(VIDEO, UploadedVideo.class);
    }
}
