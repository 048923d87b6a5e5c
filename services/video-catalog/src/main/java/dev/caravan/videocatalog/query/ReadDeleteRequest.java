package dev.caravan.videocatalog.query;

import dev.caravan.proto.videocatalog.DeleteRequest;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes from the request which video is to be deleted, by whom, and into the variable {@code permanently} whether for good;
 * afterwards the body is the statement's parameters.
 */
@Component
class ReadDeleteRequest implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        DeleteRequest request = exchange.getMessage().getMandatoryBody(DeleteRequest.class);
        exchange.setVariable("permanently", request.getPermanently());
        Map<String, @Nullable Object> parameters = VideoOfCaller.note(exchange, request.getId());
        parameters.put("only_trashed", false);
        exchange.getMessage().setBody(parameters);
    }
}
