package dev.caravan.encode.step;

import dev.caravan.encode.encoder.Verifier;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Presentation;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Decodes the first and the last segment of each track of the presentation in the body; a fault says which does not. */
@Component
public class VerifyDecoding implements Processor {

    private final Verifier verifier;

    VerifyDecoding(Verifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        verifier.decode(exchange.getMessage().getBody(Presentation.class), job.outputFolder(), job.folder());
        job.ensureHeld();
    }
}
