package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.RunningJobs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Has the jobs go on whose rows are in the body, and the others end that were asked for. */
@Component
public class GrantLeases implements Processor {

    @Override
    public void process(Exchange exchange) {
        RunningJobs.Leases leases = exchange.getProperty(ListLeases.LEASES, RunningJobs.Leases.class);
        List<?> rows = exchange.getMessage().getBody(List.class);
        Set<String> held = rows.stream()
                .map(row -> (Map<?, ?>) row)
                .map(row -> row.get("video_id") + "/" + row.get("attempt"))
                .collect(Collectors.toSet());
        Set<Job> granted = leases.jobs().stream()
                .filter(job -> held.contains(
                        job.attempt().videoId() + "/" + job.attempt().number()))
                .collect(Collectors.toSet());
        leases.grant(granted);
    }
}
