package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.RevokeLinkRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes from the request which link is to end, and by whom; afterwards the body is the statement's parameters. */
@Component
class ReadRevokeLinkRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        RevokeLinkRequest request = exchange.getMessage().getMandatoryBody(RevokeLinkRequest.class);
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        parameters.put("link_id", request.getLinkId());
        exchange.getMessage().setBody(parameters);
    }
}
