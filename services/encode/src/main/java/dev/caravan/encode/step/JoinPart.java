package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts a part that was fetched behind those of its track that were before, and removes it. */
@Component
public class JoinPart implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        Path part = job.outputFolder().resolve(exchange.getProperty("part", String.class));
        Path track = job.trackFile(exchange.getProperty(ListTrackParts.PLAYLIST, String.class));
        try (OutputStream whole = Files.newOutputStream(track, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            Files.copy(part, whole);
        }
        Files.delete(part);
    }
}
