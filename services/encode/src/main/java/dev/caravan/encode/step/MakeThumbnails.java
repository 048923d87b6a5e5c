package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.picture.Pictures;
import dev.caravan.encode.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes all sizes of the picture that was fetched. */
@Component
public class MakeThumbnails implements Processor {

    private final Pictures pictures;

    MakeThumbnails(Pictures pictures) {
        this.pictures = pictures;
    }

    /** @throws UnusablePictureException when it can't be shown */
    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException, UnusablePictureException {
        Job job = Jobs.of(exchange);
        WorkFolder.empty(job.thumbnailFolder());
        job.setThumbnails(
                pictures.make(
                        job.thumbnailFile(),
                        job.folder(),
                        job.thumbnailFolder(),
                        job.choice().stem()),
                true);
        // Nothing may come across what a stranger wrote.
        Files.delete(job.thumbnailFile());
    }
}
