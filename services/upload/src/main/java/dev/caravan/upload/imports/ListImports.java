package dev.caravan.upload.imports;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Names the imports that run in this instance, in the header {@code claims}. */
@Component
final class ListImports implements Processor {

    private final RunningImports running;

    ListImports(RunningImports running) {
        this.running = running;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setHeader(ImportHeaders.CLAIMS, running.claims());
    }
}
