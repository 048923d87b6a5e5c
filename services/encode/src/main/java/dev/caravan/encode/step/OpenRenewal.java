package dev.caravan.encode.step;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Begins to make the picture of an encoded video anew, whose row was claimed. */
@Component
public class OpenRenewal implements Processor {

    /** The property with what the last success said of the video, as JSON. */
    static final String RESULT = "result";

    private final RunningJobs jobs;
    private final ObjectMapper json;

    OpenRenewal(RunningJobs jobs, ObjectMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        Attempt attempt = Jobs.read(row, json);
        String result = String.valueOf(row.get(RESULT));
        JsonNode thumbnail = json.readTree(result).path(PictureData.MAIN);
        Job job = jobs.openAside(attempt);
        job.setThumbnailKey(thumbnail.isTextual() ? thumbnail.asText() : null);
        job.setChoice(Choice.read(row));
        LogContext.video(exchange, attempt.videoId());
        exchange.setProperty(RESULT, result);
        exchange.setProperty(Jobs.ATTEMPT, attempt);
        exchange.setProperty(Jobs.JOB, job);
        exchange.getMessage().setBody(null);
    }
}
