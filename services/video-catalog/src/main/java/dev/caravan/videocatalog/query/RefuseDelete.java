package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** For a video that was not deleted: the body is its row, or empty when there is none that the caller may see. */
@Component
class RefuseDelete implements Processor {

    @Override
    public void process(Exchange exchange) {
        if (exchange.getMessage().getBody(List.class).isEmpty()) {
            throw Fault.notFound("VIDEO_UNKNOWN", "There is no such video.");
        }
        throw Fault.forbidden("NOT_THE_OWNER", "Only the owner of a video and administrators may delete it.");
    }
}
