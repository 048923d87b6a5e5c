package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import dev.caravan.encode.presentation.Downloads;
import dev.caravan.kernel.VideoText;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.springframework.stereotype.Component;

/** Prepares the file that was made for the object store, with the name that it is to have with who downloads it. */
@Component
public class DescribeDownload implements Processor {

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        Downloads.Size size = exchange.getProperty(PlanDownloads.SIZE, Downloads.Size.class);
        Path file = job.downloadFile();
        Message message = exchange.getMessage();
        message.setHeader(AWS2S3Constants.KEY, key(job, size));
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, StoredFiles.contentType(file));
        message.setHeader(AWS2S3Constants.CACHE_CONTROL, StoredFiles.CACHE_CONTROL);
        message.setHeader(
                AWS2S3Constants.CONTENT_DISPOSITION,
                VideoText.attachment(PlanDownloads.of(exchange).fileName(size)));
        message.setBody(file.toFile());
    }

    /** In a folder of its own, by which the CDN tells what is large and read once from what players ask for. */
    static String key(Job job, Downloads.Size size) {
        return job.targetPrefix() + "/downloads/" + size.name() + ".mp4";
    }
}
