package dev.caravan.upload.direct;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with problem details. */
@Component
final class RenderProblem implements Processor {

    private static final List<String> FIELDS = List.of("title", "description", "visibility", "video", "thumbnail");

    @Override
    public void process(Exchange exchange) {
        ProblemAnswer.put(exchange, FIELDS);
    }
}
