package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Notes the file that was stored, and removes it from the disk. */
@Component
public class NoteDownload implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        Path file = job.downloadFile();
        PlanDownloads.of(exchange)
                .add(new Downloads.Made(
                        exchange.getProperty(PlanDownloads.SIZE, Downloads.Size.class), Files.size(file)));
        Files.delete(file);
    }
}
