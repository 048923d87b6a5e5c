package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.picture.Pictures;
import dev.caravan.encode.picture.UnusablePictureException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes a picture from the part of a video that was found for it, and makes all sizes of it. */
@Component
public class MakeStillThumbnails implements Processor {

    private final Pictures pictures;

    MakeStillThumbnails(Pictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        Path part = job.stillFile();
        try (OutputStream whole = Files.newOutputStream(part)) {
            for (String file : job.still().files()) {
                Files.copy(job.outputFolder().resolve(file), whole);
            }
        }
        WorkFolder.empty(job.thumbnailFolder());
        try {
            Path still = pictures.still(part, job.still().second(), job.folder());
            job.setThumbnails(
                    pictures.make(
                            still,
                            job.folder(),
                            job.thumbnailFolder(),
                            job.choice().stem()),
                    false);
        } catch (UnusablePictureException e) {
            throw new IOException("The picture of the video " + e.getMessage(), e);
        }
    }
}
