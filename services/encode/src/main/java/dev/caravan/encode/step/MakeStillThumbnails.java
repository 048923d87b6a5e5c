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

/** Takes a picture from the stored beginning of a video, and makes all sizes of it. */
@Component
public class MakeStillThumbnails implements Processor {

    private final Pictures pictures;

    MakeStillThumbnails(Pictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        try (OutputStream beginning = Files.newOutputStream(job.sourceFile())) {
            for (String part : ListBeginning.FILES) {
                Files.copy(job.outputFolder().resolve(part), beginning);
            }
        }
        WorkFolder.empty(job.thumbnailFolder());
        try {
            Path still = pictures.still(job.sourceFile(), job.folder());
            job.setThumbnails(pictures.make(still, job.folder(), job.thumbnailFolder()), false);
        } catch (UnusablePictureException e) {
            throw new IOException("The picture of the video " + e.getMessage(), e);
        }
    }
}
