package dev.caravan.encode.step;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Puts the files that are stored last into the body, in their order. */
@Component
public class ListManifests implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        exchange.getMessage().setBody(StoredFiles.manifests(Jobs.of(exchange).outputFolder()));
    }
}
