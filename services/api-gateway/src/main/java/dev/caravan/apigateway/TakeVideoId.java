package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.proto.videocatalog.FindByIdResponse;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Of what the catalogue says about a video, the id by which the other services know it: a request's JSON. */
@Component
final class TakeVideoId implements Processor {

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        String id = exchange.getMessage()
                .getMandatoryBody(FindByIdResponse.class)
                .getData()
                .getVideo()
                .getVideoId();
        exchange.getMessage()
                .setBody(JsonNodeFactory.instance
                        .objectNode()
                        .put("video_id", id)
                        .toString());
    }
}
