package dev.caravan.upload.imports;

import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Ends the connection of an import and gives its place free. */
@Component
final class CloseImport implements Processor {

    private final RunningImports running;

    CloseImport(RunningImports running) {
        this.running = running;
    }

    @Override
    public void process(Exchange exchange) {
        running.end(exchange.getMessage().getHeader(ImportHeaders.CLAIM, UUID.class));
    }
}
