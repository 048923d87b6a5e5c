package dev.caravan.encode.step;

import dev.caravan.encode.EncodeProperties;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.media.Ladder;
import dev.caravan.encode.media.Plan;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Decides on sizes, frame rate and poster, and what is made first. */
@Component
public class PlanEncoding implements Processor {

    private final Ladder ladder;
    private final EncodeProperties properties;

    PlanEncoding(Ladder ladder, EncodeProperties properties) {
        this.ladder = ladder;
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        Plan plan = Plan.of(job.media(), ladder, properties.style().maxFrameRate(), !job.hasOwnThumbnail());
        job.setPlan(plan, plan.groups(properties.firstRenditions()));
    }
}
