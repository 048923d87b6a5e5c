package dev.caravan.encode.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caravan.encode.job.RunningJobs;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the jobs of this worker into the header {@code leases}, with their progress. */
@Component
public class ListLeases implements Processor {

    static final String LEASES = "leases";

    private final RunningJobs jobs;
    private final ObjectMapper json;

    ListLeases(RunningJobs jobs, ObjectMapper json) {
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        RunningJobs.Leases leases = jobs.leases();
        ArrayNode list = json.createArrayNode();
        leases.jobs().forEach(job -> list.addObject()
                .put("video_id", job.attempt().videoId())
                .put("attempt", job.attempt().number())
                .put("progress", job.progress()));
        exchange.setProperty(LEASES, leases);
        exchange.getMessage().setHeader(LEASES, json.writeValueAsString(list));
    }
}
