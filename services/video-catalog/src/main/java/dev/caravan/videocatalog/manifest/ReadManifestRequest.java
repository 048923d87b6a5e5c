package dev.caravan.videocatalog.manifest;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from the path which {@link Manifest} is asked for. Nothing else of the request counts. */
@Component
class ReadManifestRequest implements Processor {

    @Override
    public void process(Exchange exchange) {
        String path = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        exchange.setVariable(Manifest.VARIABLE, Manifest.at(path));
    }
}
