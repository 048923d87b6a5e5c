package dev.caravan.encode.step;

import dev.caravan.encode.job.Job;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Notes whether the owner's picture is among the objects in the body. */
@Component
public class CheckThumbnail implements Processor {

    @Override
    public void process(Exchange exchange) {
        Job job = Jobs.of(exchange);
        String key = job.video().thumbnailKey();
        job.setOwnThumbnail(key != null && Listing.find(exchange, key) != null);
    }
}
