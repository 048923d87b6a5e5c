package dev.caravan.encode.step;

import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Job;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Hands progress to its route, which sends it while the encoding goes on; a report that finds a queue is dropped. */
@Component
public class ProgressReports {

    private static final String ROUTE = "seda:encode-report-progress?discardWhenFull=true&waitForTaskToComplete=Never";

    private final ProducerTemplate producer;

    ProgressReports(ProducerTemplate producer) {
        this.producer = producer;
    }

    void report(Job job, int percent) {
        job.setProgress(percent);
        Map<String, Object> trace = Map.copyOf(job.attempt().delivery().trace());
        producer.sendBodyAndHeaders(ROUTE, new Report(job.attempt(), percent), trace);
    }

    /**
     * How far the encoding of a video is.
     *
     * @param percent 0 to 99
     */
    record Report(Attempt attempt, int percent) {}
}
