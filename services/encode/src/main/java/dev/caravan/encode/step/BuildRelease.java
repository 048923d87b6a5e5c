package dev.caravan.encode.step;

import dev.caravan.encode.job.Attempt;
import dev.caravan.encode.job.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes what gives a job back that nothing is wrong with. */
@Component
public class BuildRelease implements Processor {

    /** What an attempt that ends otherwise says. */
    private static final List<String> NOTHING =
            List.of("reason", "failure", "result", "exchange", "event_key", "event", "event_headers");

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Jobs.attempt(exchange);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("video_id", attempt.videoId());
        parameters.put("attempt", attempt.number());
        parameters.put("state", "waiting");
        parameters.put("outcome", "handed-back");
        parameters.put("error", Text.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
        for (String nothing : NOTHING) {
            parameters.put(nothing, null);
        }
        exchange.getMessage().setBody(parameters);
    }
}
