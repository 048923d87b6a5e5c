package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.RunningJobs;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends the job, when one was begun, and removes its files. */
@Component
public class CloseJob implements Processor {

    private static final Logger log = LoggerFactory.getLogger(CloseJob.class);

    private final RunningJobs jobs;

    CloseJob(RunningJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        if (job == null) {
            return;
        }
        try {
            jobs.close(job);
        } catch (IOException e) {
            // The attempt is over; another one would not make the disk any better.
            log.warn("Files of video {} could not be removed: {}", job.video().videoId(), e.toString());
        }
    }
}
