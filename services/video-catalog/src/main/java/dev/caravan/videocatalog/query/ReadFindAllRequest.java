package dev.caravan.videocatalog.query;

import dev.caravan.kernel.FieldErrors;
import dev.caravan.proto.videocatalog.FindAllRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Checks the request for all ready videos; afterwards the body is the statement's parameters. */
@Component
class ReadFindAllRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        FindAllRequest request = exchange.getMessage().getMandatoryBody(FindAllRequest.class);
        FieldErrors errors = new FieldErrors().length("search", request.getSearch(), 0, SearchWords.LONGEST);
        if (request.getOwner() < 0) {
            errors.add("owner", "owner must be at least 1");
        }
        Page page = Page.of(request.getPage(), request.getSize(), errors);
        errors.orThrow();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("owner", request.getOwner());
        SearchWords.in(request.getSearch()).into(parameters);
        page.into(parameters, exchange);
        exchange.getMessage().setBody(parameters);
    }
}
