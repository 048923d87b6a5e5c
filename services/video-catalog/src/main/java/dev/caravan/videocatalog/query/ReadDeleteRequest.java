package dev.caravan.videocatalog.query;

import dev.caravan.kernel.Headers;
import dev.caravan.proto.videocatalog.DeleteRequest;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes from the request which video is to be deleted, and by whom, into the variables {@code videoId} and {@code caller};
 * afterwards the body is the statement's parameters.
 */
@Component
class ReadDeleteRequest implements Processor {

    private static final int LONGEST = 255;

    @Override
    public void process(Exchange exchange) throws Exception {
        int caller = Caller.required(exchange.getMessage());
        DeleteRequest request = exchange.getMessage().getMandatoryBody(DeleteRequest.class);
        String requestId = exchange.getMessage().getHeader(Headers.REQUEST_ID, String.class);
        exchange.setVariable("videoId", request.getId());
        exchange.setVariable("caller", caller);
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("id", request.getId());
        parameters.put("caller", caller);
        parameters.put("admin", Caller.isAdmin(exchange.getMessage()));
        parameters.put("request_id", requestId == null || requestId.length() > LONGEST ? null : requestId);
        exchange.getMessage().setBody(parameters);
    }
}
