package dev.caravan.encode.step;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.springframework.stereotype.Component;

/** Prepares the file in the body for the object store. */
@Component
public class DescribeFile implements Processor {

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Path file = message.getBody(Path.class);
        message.setHeader(AWS2S3Constants.KEY, Jobs.of(exchange).targetPrefix() + "/" + file.getFileName());
        message.setHeader(AWS2S3Constants.CONTENT_TYPE, StoredFiles.contentType(file));
        message.setHeader(AWS2S3Constants.CACHE_CONTROL, StoredFiles.cacheControl(file));
        message.setBody(file.toFile());
    }
}
