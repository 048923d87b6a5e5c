package dev.caravan.encode.step;

import dev.caravan.encode.encoder.Encoder;
import dev.caravan.encode.job.Job;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Finds out what the raw file is; throws a fault when it is no video that is accepted. */
@Component
public class ProbeSource implements Processor {

    private final Encoder encoder;

    ProbeSource(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        job.setMedia(encoder.probe(job.sourceFile(), job.folder(), job.ownPicture(), report -> job.ensureHeld()));
    }
}
