package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Growth;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Has what can be played of a video stored and told while more of it is made. What fails in that is tried again when there is
 * more, and at the latest when all is stored.
 */
@Component
public class GrowthReports {

    private static final Logger log = LoggerFactory.getLogger(GrowthReports.class);

    private static final String ROUTE = "direct:encode-publish";

    private final ProducerTemplate producer;

    GrowthReports(ProducerTemplate producer) {
        this.producer = producer;
    }

    /** Does nothing when there is nothing new. */
    void report(Job job, Growth growth) throws IOException {
        if (!growth.grows()) {
            return;
        }
        Exchange exchange = producer.send(ROUTE, sent -> {
            sent.setProperty(Jobs.JOB, job);
            job.attempt().delivery().trace().forEach(sent.getMessage()::setHeader);
        });
        Exception failure = exchange.getException();
        if (failure != null) {
            job.ensureHeld();
            log.warn(
                    "That more of video {} can be played is not told: {}",
                    job.video().videoId(),
                    failure.toString());
        }
    }
}
