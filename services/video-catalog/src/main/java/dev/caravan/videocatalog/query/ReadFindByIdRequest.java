package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.FindByIdRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Takes from the request which video is asked for, and by whom; afterwards the body is the statement's parameters. */
@Component
class ReadFindByIdRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        FindByIdRequest request = exchange.getMessage().getMandatoryBody(FindByIdRequest.class);
        int caller = Caller.of(exchange.getMessage());
        boolean admin = Caller.isAdmin(exchange.getMessage());
        exchange.getMessage().setBody(Map.of("id", request.getId(), "caller", caller, "admin", admin));
    }
}
