package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Of what the catalogue says about a video, the id by which the other services know it: in the place of its number in the request's
 * JSON, which is in the variable {@code request}.
 */
@Component
final class TakeVideoId implements Processor {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void process(Exchange exchange) throws Exception {
        String id = exchange.getMessage()
                .getMandatoryBody(FindByIdResponse.class)
                .getData()
                .getVideo()
                .getVideoId();
        ObjectNode request = (ObjectNode) json.readTree(exchange.getVariable("request", String.class));
        request.remove("id");
        exchange.getMessage().setBody(request.put("video_id", id).toString());
    }
}
