package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the files into the body that are needed to play as much as there is by now, and that are not stored yet. */
@Component
public class FindGrowth implements Processor {

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        exchange.getMessage().setBody(Objects.requireNonNull(job.growth()).files());
    }
}
