package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Throws when the file that was saved is not as long as the one in the object store. */
@Component
public class CheckDownload implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        long saved = Files.size(job.sourceFile());
        if (saved != job.source().bytes()) {
            throw new IOException(
                    "Of %d bytes of %s only %d came".formatted(job.source().bytes(), job.sourceKey(), saved));
        }
        exchange.getMessage().setBody(null);
    }
}
