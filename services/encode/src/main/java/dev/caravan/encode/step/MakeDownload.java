package dev.caravan.encode.step;

import dev.caravan.encode.encoder.DownloadMaker;
import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes one file of the picture and the sound that were fetched. */
@Component
public class MakeDownload implements Processor {

    private final DownloadMaker maker;

    MakeDownload(DownloadMaker maker) {
        this.maker = maker;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        String sound = PlanDownloads.of(exchange).sound();
        Path picture = job.trackFile(
                exchange.getProperty(PlanDownloads.SIZE, Downloads.Size.class).playlist());
        maker.make(picture, sound == null ? null : job.trackFile(sound), job.downloadFile(), job.folder());
        Files.delete(picture);
    }
}
