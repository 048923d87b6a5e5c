package dev.caravan.encode.step;

import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Text;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes what gives a job back that nothing is wrong with. */
@Component
public class BuildRelease implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Jobs.attempt(exchange);
        exchange.getMessage()
                .setBody(Map.of(
                        "video_id",
                        attempt.videoId(),
                        "attempt",
                        attempt.number(),
                        "error",
                        Text.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class))));
    }
}
