package dev.caravan.encode.step;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the files that are stored first into the body, in any order. */
@Component
public class ListSegments implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.getMessage().setBody(StoredFiles.segments(Jobs.of(exchange).outputFolder()));
    }
}
