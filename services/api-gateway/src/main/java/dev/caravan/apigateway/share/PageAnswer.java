package dev.caravan.apigateway.share;

import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Text that is no JSON as the answer to a request. */
final class PageAnswer {

    static final String HTML = "text/html; charset=utf-8";

    static final String TEXT = "text/plain; charset=utf-8";

    private PageAnswer() {}

    /** In the place of the message's body and of all its headers. */
    static void put(Exchange exchange, int status, String contentType, String text) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setHeader(Exchange.HTTP_CHUNKED, false);
        message.setHeader("Cache-Control", "no-cache");
        message.setBody(text.getBytes(StandardCharsets.UTF_8));
    }
}
