package dev.caravan.upload.sources;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.kernel.MomentPage;
import dev.caravan.proto.upload.FindSourceFilesRequest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sets which part of the list of files of sources is asked for; INVALID_ARGUMENT for what is none. */
@Component
final class ReadFindSourceFiles implements Processor {

    private static final List<String> STATES = List.of("importing", "uploaded", "refused");

    @Override
    public void process(Exchange exchange) {
        FindSourceFilesRequest request = exchange.getMessage().getBody(FindSourceFilesRequest.class);
        if (!request.getState().isEmpty()) {
            new FieldErrors().oneOf("state", request.getState(), STATES).orThrow();
        }
        MomentPage.into(exchange, request.getSize(), request.getCursor());
        exchange.getMessage().setHeader("state", request.getState());
    }
}
