package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Verification;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Reads what was encoded as players do and puts what they are offered into the body; a fault says what is wrong. */
@Component
public class VerifySegments implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        exchange.getMessage().setBody(Verification.of(job.outputFolder(), job.plan(), job.encoded()));
    }
}
