package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Choice;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.kernel.log.LogContext;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Begins the job whose row was claimed. */
@Component
public class OpenJob implements Processor {

    private final RunningJobs jobs;
    private final ObjectMapper json;

    OpenJob(RunningJobs jobs, ObjectMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        Attempt attempt = Jobs.read(row, json);
        exchange.setProperty(Jobs.ATTEMPT, attempt);
        LogContext.video(exchange, attempt.videoId());
        // The work belongs to the trace and the request that asked for it.
        attempt.delivery().trace().forEach(exchange.getMessage()::setHeader);
        Job job = jobs.open(attempt);
        job.setChoice(Choice.read(row));
        exchange.setProperty(Jobs.JOB, job);
        exchange.getMessage().setBody(null);
    }
}
