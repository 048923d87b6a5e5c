package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.springframework.stereotype.Component;

/** Prepares the file in the body for the object store, unless the job is lost. */
@Component
public class DescribeFile implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Path file = message.getBody(Path.class);
        Job job = Jobs.of(exchange);
        job.ensureHeld();
        message.setHeader(AWS2S3Constants.KEY, job.targetPrefix() + "/" + file.getFileName());
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, StoredFiles.contentType(file));
        message.setHeader(AWS2S3Constants.CACHE_CONTROL, StoredFiles.CACHE_CONTROL);
        message.setBody(file.toFile());
    }
}
