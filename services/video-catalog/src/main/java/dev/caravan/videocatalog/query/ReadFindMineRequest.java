package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.FindMineRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Checks the request for the caller's own videos; afterwards the body is the statement's parameters. */
@Component
class ReadFindMineRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        int caller = Caller.required(exchange.getMessage());
        FindMineRequest request = exchange.getMessage().getMandatoryBody(FindMineRequest.class);
        FieldErrors errors = new FieldErrors();
        Page page = Page.of(request.getPage(), request.getSize(), request.getCursor(), errors);
        errors.orThrow();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("caller", caller);
        page.into(parameters, exchange);
        exchange.getMessage().setBody(parameters);
    }
}
