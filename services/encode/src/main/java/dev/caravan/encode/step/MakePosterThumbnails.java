package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.job.WorkFolder;
import dev.caravan.encode.media.EncodeCommand;
import dev.caravan.encode.picture.Pictures;
import dev.caravan.encode.picture.UnusablePictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes all sizes of the picture that was taken from the video, in the place of that. */
@Component
public class MakePosterThumbnails implements Processor {

    private final Pictures pictures;

    MakePosterThumbnails(Pictures pictures) {
        this.pictures = pictures;
    }

    @Override
    public void process(Exchange exchange) throws IOException, InterruptedException {
        Job job = Jobs.of(exchange);
        Path poster = job.outputFolder().resolve(EncodeCommand.POSTER);
        if (!Files.exists(poster)) {
            return;
        }
        WorkFolder.empty(job.thumbnailFolder());
        try {
            job.setThumbnails(
                    pictures.make(
                            poster,
                            job.folder(),
                            job.thumbnailFolder(),
                            job.choice().stem()),
                    false);
        } catch (UnusablePictureException e) {
            throw new IOException("The picture of the video " + e.getMessage(), e);
        }
        Files.delete(poster);
    }
}
