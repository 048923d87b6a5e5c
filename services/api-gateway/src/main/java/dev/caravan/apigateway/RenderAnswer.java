package dev.caravan.apigateway;

import com.google.protobuf.Message;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The response message of a service as the JSON of the contract; every response is an envelope already. */
@Component
final class RenderAnswer implements Processor {

    @Override
    public void process(Exchange exchange) throws Exception {
        int status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        Message message = exchange.getMessage().getMandatoryBody(Message.class);
        JsonAnswer.put(exchange, status, JsonAnswer.CONTENT_TYPE, ProtoJson.of(message));
    }
}
