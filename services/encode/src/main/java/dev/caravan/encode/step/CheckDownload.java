package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Throws when the file that was saved is not as long as the one in the object store. */
@Component
public class CheckDownload implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        check(job.sourceFile(), job.source(), job.sourceKey());
        exchange.getMessage().setBody(null);
    }

    static void check(Path file, Job.Source source, String key) throws IOException {
        long saved = Files.size(file);
        if (saved != source.bytes()) {
            throw new IOException("Of %d bytes of %s only %d came".formatted(source.bytes(), key, saved));
        }
    }
}
