package dev.caravan.encode.step;

import dev.caravan.encode.job.RunningJobs;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Begins the job of a video, once no other delivery of it is at work. */
@Component
public class OpenJob implements Processor {

    private final RunningJobs jobs;

    OpenJob(RunningJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        exchange.setProperty(Jobs.JOB, jobs.open(Jobs.video(exchange)));
    }
}
