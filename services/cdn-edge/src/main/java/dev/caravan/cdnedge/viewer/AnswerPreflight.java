package dev.caravan.cdnedge.viewer;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Tells a browser what pages may send. Any header may come: the edge heeds but a few. */
@Component
class AnswerPreflight implements Processor {

    static final String METHODS = "GET, HEAD, OPTIONS";
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9, -]{1,500}");

    @Override
    public void process(Exchange exchange) {
        Message answer = exchange.getMessage();
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
        answer.setHeader("Allow", METHODS);
        answer.setHeader("Access-Control-Allow-Methods", METHODS);
        answer.setHeader("Access-Control-Max-Age", "86400");
        String names = ViewerRequest.of(exchange).header(ViewerRequest.REQUESTED_HEADERS);
        if (names != null && HEADER_NAMES.matcher(names).matches()) {
            answer.setHeader("Access-Control-Allow-Headers", names);
        }
    }
}
