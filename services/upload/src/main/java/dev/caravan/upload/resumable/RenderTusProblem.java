package dev.caravan.upload.resumable;

import dev.caravan.kernel.http.Problem;
import dev.caravan.upload.direct.ProblemAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** As other uploads' problems, with what tus has every answer say. */
@Component
final class RenderTusProblem implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String reason = ProblemAnswer.put(exchange, Tus.FIELDS);
        message.setHeader(Tus.TUS_RESUMABLE, Tus.VERSION);
        if (reason.equals(Problem.TUS_VERSION_UNSUPPORTED)) {
            message.setHeader(Tus.TUS_VERSION, Tus.VERSION);
        }
    }
}
