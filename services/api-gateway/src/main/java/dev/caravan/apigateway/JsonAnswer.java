package dev.caravan.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** JSON as the answer to a request, of a length that is known before: so its headers are those of a HEAD too. */
public final class JsonAnswer {

    /** Of what is no problem. */
    public static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private JsonAnswer() {}

    /** In the place of the message's body and of all its headers. */
    public static void put(Exchange exchange, int status, String contentType, ObjectNode answer) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, contentType);
        message.setHeader(Exchange.HTTP_CHUNKED, false);
        message.setHeader("Cache-Control", "no-store");
        message.setBody(answer.toString());
    }
}
