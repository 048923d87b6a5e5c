package dev.caravan.apigateway;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** 204, without a body. */
@Component
final class RenderNothing implements Processor {

    private static final int NO_CONTENT = 204;

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, NO_CONTENT);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(null);
    }
}
