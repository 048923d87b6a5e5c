package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Growth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the files that are stored first into the body, in any order: segments and pictures that are not stored yet. */
@Component
public class ListSegments implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        Growth growth = job.growth();
        Set<Path> stored = growth == null ? Set.of() : growth.stored();
        List<Path> segments = StoredFiles.segments(job.outputFolder()).stream()
                .filter(file -> !stored.contains(file))
                .toList();
        exchange.getMessage()
                .setBody(Stream.concat(segments.stream(), StoredFiles.thumbnails(job).stream())
                        .toList());
    }
}
