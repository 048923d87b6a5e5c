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
        Object status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
        Message message = exchange.getMessage().getMandatoryBody(Message.class);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status == null ? 200 : status);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getMessage().setHeader("Cache-Control", "no-store");
        exchange.getMessage().setBody(ProtoJson.of(message).toString());
    }
}
