package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** For a dead letter that nothing was done with: the body is the row of its state, or empty when there is none. */
@Component
class RefuseDeadLetter implements Processor {

    @Override
    public void process(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        if (rows.isEmpty()) {
            throw Fault.notFound("DEAD_LETTER_UNKNOWN", "There is no such dead letter.");
        }
        Map<?, ?> row = (Map<?, ?>) rows.get(0);
        if (Boolean.TRUE.equals(row.get("waits"))) {
            throw Fault.precondition("REPLAY_UNDER_WAY", "Its replay is under way.");
        }
        if (!"open".equals(row.get("state"))) {
            throw Fault.precondition("DEAD_LETTER_CLOSED", "The dead letter is " + row.get("state") + " already.");
        }
        if (row.get("queue") == null) {
            throw Fault.precondition("QUEUE_UNKNOWN", "Which queue the dead letter came from is not known.");
        }
        throw Fault.precondition("DEAD_LETTER_CHANGED", "The dead letter was changed at the same time.");
    }
}
