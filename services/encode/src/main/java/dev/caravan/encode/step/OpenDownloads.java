package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.RunningJobs;
import dev.caravan.kernel.log.LogContext;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Begins to make the files that an encoded video is downloaded as, whose row was claimed. */
@Component
public class OpenDownloads implements Processor {

    /** The property with what the files are called. */
    static final String TITLE = "title";

    private final RunningJobs jobs;
    private final ObjectMapper json;

    OpenDownloads(RunningJobs jobs, ObjectMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        Attempt attempt = Jobs.read(row, json);
        LogContext.video(exchange, attempt.videoId());
        exchange.setProperty(TITLE, row.get("title"));
        exchange.setProperty(Jobs.ATTEMPT, attempt);
        exchange.setProperty(Jobs.JOB, jobs.openAsideForLong(attempt));
        exchange.getMessage().setBody(null);
    }
}
