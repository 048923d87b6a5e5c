package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import java.io.IOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Throws when the picture that was saved is not as long as the one in the object store. */
@Component
public class CheckThumbnailDownload implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        Job job = Jobs.of(exchange);
        CheckDownload.check(
                job.thumbnailFile(), Objects.requireNonNull(job.thumbnailSource()), String.valueOf(job.thumbnailKey()));
        exchange.getMessage().setBody(null);
    }
}
