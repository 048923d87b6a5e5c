package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the picture that an owner chose where one that was fetched would be. */
@Component
public class SaveChoice implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        Files.write(job.thumbnailFile(), Objects.requireNonNull(job.choice().picture()));
    }
}
