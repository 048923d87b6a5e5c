package dev.caravan.upload.imports;

import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.upload.FindImportsRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of imports is asked for; INVALID_ARGUMENT for what is none. */
@Component
final class ReadFindImports implements Processor {

    @Override
    public void process(Exchange exchange) {
        FindImportsRequest request = exchange.getMessage().getBody(FindImportsRequest.class);
        MomentPage.into(exchange, request.getSize(), request.getCursor());
    }
}
