package dev.caravan.encode.step;

import dev.caravan.encode.job.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes note of how a job stands after a statement that ended an attempt: the row in the body, or none. */
@Component
public class CountEnding implements Processor {

    private static final Logger log = LoggerFactory.getLogger(CountEnding.class);

    private final MeterRegistry meters;

    CountEnding(MeterRegistry meters) {
        this.meters = meters;
        // From the start, so that the first one is seen as a rise.
        failures("SERVICE_FAULT");
    }

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Jobs.attempt(exchange);
        Map<?, ?> row = exchange.getMessage().getBody(Map.class);
        if (row == null) {
            log.info(
                    "Attempt {} at video {} does not hold its job any more; nothing is announced",
                    attempt.number(),
                    attempt.videoId());
            return;
        }
        log.info("Video {} is {} after attempt {}", attempt.videoId(), row.get("state"), attempt.number());
        if (row.get("reason") != null) {
            failures(String.valueOf(row.get("reason"))).increment();
        }
    }

    private Counter failures(String reason) {
        return meters.counter("encode.failures", "reason", reason);
    }
}
