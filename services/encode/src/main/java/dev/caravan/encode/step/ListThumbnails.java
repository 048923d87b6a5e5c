package dev.caravan.encode.step;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts all sizes of the picture into the body, in any order. */
@Component
public class ListThumbnails implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(StoredFiles.thumbnails(Jobs.of(exchange)));
    }
}
