package dev.caravan.encode.step;

import dev.caravan.kernel.Fault;
import dev.caravan.proto.encode.PrioritizeRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Makes the parameters of prioritize-job.sql of what an administrator asks for.
 *
 * @throws Fault when no priority is named, or none that there is
 */
@Component
public class ReadPriority implements Processor {

    private static final String PRIORITY = "priority";
    private static final int MOST = 100;

    @Override
    public void process(Exchange exchange) {
        PrioritizeRequest request = exchange.getVariable("request", PrioritizeRequest.class);
        // An encoder that took a forgotten number for 0 would put off what was meant to be urgent.
        if (!request.hasPriority()) {
            throw Fault.invalid(PRIORITY, "priority is required");
        }
        int priority = request.getPriority();
        if (priority < 0) {
            throw Fault.invalid(PRIORITY, "priority must be at least 0");
        }
        if (priority > MOST) {
            throw Fault.invalid(PRIORITY, "priority must be at most " + MOST);
        }
        exchange.getMessage().setBody(Map.of("video_id", request.getVideoId(), PRIORITY, priority));
    }
}
