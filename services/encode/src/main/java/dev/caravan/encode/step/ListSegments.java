package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the files that are stored first into the body, in any order: segments and pictures. */
@Component
public class ListSegments implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        List<Path> segments = StoredFiles.segments(job.outputFolder());
        exchange.getMessage()
                .setBody(Stream.concat(segments.stream(), StoredFiles.thumbnails(job).stream())
                        .toList());
    }
}
